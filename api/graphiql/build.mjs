// Builds the GraphiQL page into ../assets/graphiql: one script, one style, the licences of all they hold.
// Nothing in the output may name an outside host to load from: the page must open where there is no network.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const out = join(import.meta.dirname, "../assets/graphiql");
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const result = await build({
  entryPoints: { graphiql: join(import.meta.dirname, "page.jsx") },
  bundle: true,
  minify: true,
  format: "iife",
  jsx: "automatic",
  target: ["chrome110", "firefox110", "safari16"],
  define: { "process.env.NODE_ENV": '"production"' },
  plugins: [dropEmbeddedFonts()],
  legalComments: "none",
  metafile: true,
  outdir: out,
});
copyFileSync(join(import.meta.dirname, "index.html"), join(out, "index.html"));
writeFileSync(join(out, "LICENSES.txt"), licences(Object.keys(result.metafile.inputs)));

/** GraphiQL's style carries its fonts inside; the system's own are read as well and weigh nothing. */
function dropEmbeddedFonts() {
  return {
    name: "drop-embedded-fonts",
    setup(build) {
      build.onLoad({ filter: /graphiql[/\\]dist[/\\]style\.css$/ }, ({ path }) => ({
        contents: readFileSync(path, "utf8").replace(/@font-face\s*\{[^}]*\}/g, ""),
        loader: "css",
      }));
    },
  };
}

/** The licence text of every package of which at least one file is in the output. */
function licences(inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]);
  }
  const texts = [...folders].map((folder) => {
    const { name, version, license, repository } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file
      ? readFileSync(join(folder, file), "utf8").trim()
      : `The package carries no licence text; its author declares it ${license}. Source: ${repository?.url ?? repository}`;
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return texts.sort().join(`\n${"-".repeat(80)}\n\n`);
}
