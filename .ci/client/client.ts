// A client as somebody else would write it: it compiles only while schema, scenes and generated types agree.
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import {
  ApplicantAwardsDocument,
  AuditorFindsAwardsDocument,
  AuditorReadsHistoryDocument,
  FinanceDeskDocument,
  PublicPartDocument,
} from "./generated/graphql";

async function ask<Result, Variables>(
  document: TypedDocumentNode<Result, Variables>,
  variables: Variables,
  token?: string,
): Promise<Result> {
  const answer = await fetch("http://127.0.0.1:8080/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return ((await answer.json()) as { data: Result }).data;
}

/** What stands against the next tranche of each award, by the award's number. */
export async function missing(token: string): Promise<Map<string, string[]>> {
  const { awards } = await ask(ApplicantAwardsDocument, {}, token);
  return new Map(awards.nodes.map((award) => [
    award.number,
    (award.nextTranche?.blockers ?? []).map((blocker) => blocker.code),
  ]));
}

/** The lines of the trial balance; null for whoever does not work with the books. */
export async function trialBalance(token: string) {
  const { ledger } = await ask(FinanceDeskDocument, {}, token);
  // @ts-expect-error The books are null for whoever does not work with them.
  ledger.trialBalance;
  return ledger?.trialBalance.map(({ kind, debits, credits }) => ({ kind, debits: debits.formatted, credits: credits.formatted }));
}

/** Whether the audit chain of the latest award is whole. */
export async function isWhole(token: string): Promise<boolean> {
  const { awards } = await ask(AuditorFindsAwardsDocument, {}, token);
  const [latest] = awards.nodes;
  if (!latest) return true;
  // @ts-expect-error The history of something has to be asked for by its id.
  void ask(AuditorReadsHistoryDocument, {}, token);
  const { chain } = await ask(AuditorReadsHistoryDocument, { of: latest.id }, token);
  return chain?.intact ?? false;
}

/** What was released, by theme, for everybody. */
export async function released(): Promise<string[]> {
  const { publicTotals } = await ask(PublicPartDocument, {});
  // @ts-expect-error What the document does not ask for is not there.
  publicTotals[0]?.paid;
  return publicTotals.map(({ theme, fiscalYear, released }) => `${theme?.code} ${fiscalYear}: ${released.formatted}`);
}
