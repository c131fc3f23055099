// Opens the demonstration as a newcomer would: a persona by one click, a query typed, its answer read.
// Usage: node graphiql.mjs ADDRESS. Exits with 1, saying why, when anything differs.
import { chromium } from "playwright-core";

const address = new URL(process.argv[2]);
const patience = 60_000;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
});

try {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience);

  const outside = [], faults = [];
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && faults.push(`console: ${message.text()}`));
  await page.route("**/*", (route) => {
    const url = new URL(route.request().url());
    if (url.host === address.host || url.protocol === "data:" || url.protocol === "blob:") {
      return route.continue();
    }
    outside.push(url.href);
    return route.abort();
  });

  await page.goto(address.href);
  const persona = page.locator('[data-persona="DIRECTOR"]');
  await persona.click();

  const editor = page.locator(".graphiql-query-editor .CodeMirror").first();
  await editor.waitFor();
  await editor.evaluate((element, query) => element.CodeMirror.setValue(query), "{ __typename }");
  await page.locator(".graphiql-execute-button").click();

  const answer = page.locator(".graphiql-response .CodeMirror, .result-window .CodeMirror").first();
  await answer.waitFor();
  const text = await answer.evaluate((element) => element.CodeMirror.getValue());
  console.log(text);

  if (outside.length) throw new Error(`asked other hosts:\n${outside.join("\n")}`);
  if (faults.length) throw new Error(`the page is not sound:\n${faults.join("\n")}`);
} finally {
  await browser.close();
}
