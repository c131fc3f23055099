// The GraphiQL page of the demonstration: the editor with a tab for every reader's scene, and above it a
// button for every persona. Whoever is chosen is who the requests are sent as, so that one can see what each
// role sees. The scenes come from the server, which has them from graphql/operations.
import { GraphiQL } from "graphiql";
import { useEffect, useMemo, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "./page.css";

function Page() {
  const [personas, setPersonas] = useState([]);
  const [scenes, setScenes] = useState(null);
  const [chosen, setChosen] = useState(null);
  const tab = useRef(0);

  useEffect(() => {
    Promise.all([list("/demonstration/personas"), list("/demonstration/scenes")]).then(([personas, scenes]) => {
      setPersonas(personas);
      setScenes(scenes);
    });
  }, []);

  // Whoever opens a reader's scene is that reader, until another button is pressed.
  function open({ tabs, activeTabIndex }) {
    if (activeTabIndex === tab.current) return;
    tab.current = activeTabIndex;
    const scene = scenes.find(({ document }) => document === tabs[activeTabIndex].query);
    if (scene) setChosen(personas.find(({ token }) => token === scene.token) ?? null);
  }

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
        {scenes && (
          <GraphiQL
            fetcher={fetcher}
            defaultTabs={scenes.map(({ document }) => ({ query: document }))}
            onTabChange={open}
            shouldPersistHeaders={false}
          />
        )}
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

async function list(path) {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : [];
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
