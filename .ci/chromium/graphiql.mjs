// Opens the demonstration as a newcomer would: a persona by one click, a query typed, its answer read, a
// reader's scene opened.
// Usage: node graphiql.mjs ADDRESS. Exits with 1, saying why, when anything differs.
import { chromium } from "playwright-core";

const address = new URL(process.argv[2]);
const patience_ms = 60_000;
const question = "query WhoAmI { viewer { __typename } }";

/** Types the question into the editor, presses play and reads what the page shows. */
async function ask(page, editor) {
  await editor.evaluate((element, text) => element.CodeMirror.setValue(text), question);
  // The page looks for the operations in a text only after a pause in the typing.
  await page.waitForTimeout(1_000);
  const answered = page.waitForResponse((response) =>
    response.url().endsWith("/graphql") && response.request().postData()?.includes("WhoAmI"));
  await page.locator(".graphiql-execute-button").click();
  const sent = await (await answered).json();
  const shown = page.locator(".result-window .CodeMirror").first();
  const deadline = Date.now() + patience_ms;
  for (;;) {
    const text = await shown.evaluate((element) => element.CodeMirror.getValue());
    if (text && JSON.stringify(JSON.parse(text)) === JSON.stringify(sent)) return sent;
    if (Date.now() > deadline) throw new Error(`the page shows ${text} for ${JSON.stringify(sent)}`);
    await page.waitForTimeout(100);
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

try {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience_ms);

  const outside = [], faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A refused request is an answer that we ask for, and the browser complains of it.
    const isAnswer = message.location().url === new URL("/graphql", address).href;
    if (message.type() === "error" && !isAnswer) faults.push(`console: ${message.text()}`);
  });
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.host === address.host || url.protocol === "data:" || url.protocol === "blob:") {
      return route.continue();
    }
    outside.push(url.href);
    return route.abort();
  });

  await page.goto(address.href);
  const editor = page.locator(".graphiql-query-editor .CodeMirror").first();
  await editor.waitFor();

  const anonymous = await ask(page, editor);
  const refusal = anonymous.errors?.[0]?.extensions?.code;
  if (refusal !== "UNAUTHENTICATED") throw new Error(`the anonymous are someone: ${JSON.stringify(anonymous)}`);

  const director = page.locator('button[title="DIRECTOR"]');
  await director.click();
  if ((await director.getAttribute("aria-pressed")) !== "true") throw new Error("no director was chosen");
  const answer = await ask(page, editor);
  if (answer.errors || !answer.data?.viewer) throw new Error(`the director is nobody: ${JSON.stringify(answer)}`);

  // A tab for each reader's scene; whoever opens one is its reader.
  const scenes = await (await fetch(new URL("/demonstration/scenes", address))).json();
  const tabs = page.locator(".graphiql-tab-button");
  if ((await tabs.count()) !== scenes.length) throw new Error(`${await tabs.count()} tabs for ${scenes.length} scenes`);
  await tabs.nth(scenes.findIndex(({ name }) => name === "applicant")).click();
  await page.locator('button[title="REPRESENTATIVE"][aria-pressed="true"]').waitFor();
  const document = await editor.evaluate((element) => element.CodeMirror.getValue());
  if (!document.includes("query ApplicantAwards")) throw new Error(`the applicant's tab shows ${document}`);

  if (outside.length) throw new Error(`asked other hosts:\n${outside.join("\n")}`);
  if (faults.length) throw new Error(`the page is not sound:\n${faults.join("\n")}`);
  console.log(`graphiql: ${browser.version()}: ${question} -> ${JSON.stringify(answer.data)} as DIRECTOR, ` +
    `${refusal} as nobody; ${scenes.length} scenes as tabs; no other host was asked`);
} finally {
  await browser.close();
}
