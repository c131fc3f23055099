// The GraphiQL page of the demonstration: the editor, and above it a button for every persona. Whoever is
// chosen is who the requests are sent as, so that one can see what each role sees.
import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./page.css";

const VIEWER_DOCUMENT = `# The demonstration of Healthtech Challenge. Choose above who you are, then press play.
# The documentation of every field is behind the book at the left.
query WhereDoIStand {
  viewer {
    person { name { ja en } }
    roles { role from until }
    today
  }
  awards(first: 10) {
    nodes {
      number
      title { text }
      state
      milestones { ordinal title { text } state dueOn }
      tranches {
        id
        kind
        state
        amount { formatted }
        blockers { code title { text } clearedBy }
      }
    }
  }
}
`;

const PUBLIC_DOCUMENT = `# What everybody may see, without being anybody.
query ThePublicPart {
  programme { title { text } }
  themes { code title { text } }
  publicTotals { theme { code } fiscalYear awards released { formatted } }
}
`;

// A tab each: with two operations in one document GraphiQL would ask which one to run.
const TABS = [{ query: VIEWER_DOCUMENT }, { query: PUBLIC_DOCUMENT }];

function Page() {
  const [personas, setPersonas] = useState([]);
  const [chosen, setChosen] = useState(null);

  useEffect(() => {
    fetch("/demonstration/personas")
      .then((answer) => (answer.ok ? answer.json() : []))
      .then(setPersonas);
  }, []);

  const fetcher = useMemo(() => (parameters) => send(parameters, chosen?.token), [chosen]);

  return (
    <>
      <nav aria-label="Personas">
        <Choice label="公開 / Public" detail="ANONYMOUS" active={!chosen} choose={() => setChosen(null)} />
        {personas.map((persona) => (
          <Choice
            key={persona.token}
            label={`${persona.name.ja} / ${persona.name.en}`}
            detail={persona.role}
            active={chosen?.token === persona.token}
            choose={() => setChosen(persona)}
          />
        ))}
      </nav>
      <main>
        <GraphiQL fetcher={fetcher} defaultTabs={TABS} shouldPersistHeaders={false} />
      </main>
    </>
  );
}

function Choice({ label, detail, active, choose }) {
  return (
    <button type="button" aria-pressed={active} title={detail} onClick={choose}>
      {label}
    </button>
  );
}

async function send(parameters, token) {
  const headers = {
    accept: "application/graphql-response+json, application/json",
    "content-type": "application/json",
  };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(parameters) });
  return answer.json();
}

createRoot(document.getElementById("page")).render(<Page />);
