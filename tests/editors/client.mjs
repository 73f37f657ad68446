// A small editor: opens an office's files in yaml-language-server over stdio and prints what it says as one JSON object.
//   node client.mjs SERVER OFFICE QUESTIONS
// QUESTIONS is JSON: { "FILE": { "text": "instead of the file's own", "hover": [[line, column]], "complete": [[line, column]] } }.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [server, office, asked] = process.argv.slice(2);
const settings = JSON.parse(readFileSync(join(office, ".vscode", "settings.json"), "utf8"));
const root = pathToFileURL(office).href;
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });

// 「yaml.schemas」 as an editor hands it over: nested by the dots of its names.
const section = (name) => {
  const found = {};
  for (const [key, value] of Object.entries(settings)) {
    if (key.startsWith(`${name}.`)) {
      const path = key.slice(name.length + 1).split(".");
      const last = path.pop();
      path.reduce((into, part) => (into[part] ??= {}), found)[last] = value;
    }
  }
  return found;
};

const waiting = new Map();
const told = new Map();
let number = 0;
const send = (message) => {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
};
const ask = (method, params) =>
  new Promise((done, failed) => {
    waiting.set(++number, { done, failed });
    send({ id: number, method, params });
  });
const tell = (method, params) => send({ method, params });

const obey = (message) => {
  if (message.id !== undefined && message.method) {
    const items = message.params?.items ?? [];
    const result = message.method === "workspace/configuration" ? items.map((item) => section(item.section)) : null;
    send({ id: message.id, result });
  } else if (message.id !== undefined) {
    const { done, failed } = waiting.get(message.id);
    if (message.error) failed(new Error(message.error.message));
    else done(message.result);
  } else if (message.method === "textDocument/publishDiagnostics") {
    told.get(message.params.uri)?.(message.params.diagnostics);
  }
};
let read = Buffer.alloc(0);
child.stdout.on("data", (part) => {
  read = Buffer.concat([read, part]);
  for (;;) {
    const head = read.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/Content-Length: (\d+)/i.exec(read.subarray(0, head).toString())[1]);
    if (read.length < head + 4 + length) return;
    const body = read.subarray(head + 4, head + 4 + length).toString();
    read = read.subarray(head + 4 + length);
    obey(JSON.parse(body));
  }
});
child.on("exit", (code) => process.exit(code === 0 ? 0 : 1));

await ask("initialize", {
  processId: process.pid,
  rootUri: root,
  workspaceFolders: [{ uri: root, name: "office" }],
  capabilities: {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, workspaceFolders: true },
    textDocument: {
      hover: { contentFormat: ["markdown"] },
      completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
      publishDiagnostics: {},
    },
  },
});
tell("initialized", {});
tell("workspace/didChangeConfiguration", { settings: { yaml: section("yaml") } });

const answer = {};
for (const [file, questions] of Object.entries(JSON.parse(asked))) {
  const uri = pathToFileURL(join(office, file)).href;
  const text = questions.text ?? readFileSync(join(office, file), "utf8");
  const diagnostics = new Promise((done) => told.set(uri, done));
  tell("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const at = ([line, character]) => ({ textDocument: { uri }, position: { line, character } });
  answer[file] = {
    diagnostics: (await diagnostics).map(({ range, message }) => ({ line: range.start.line + 1, message })),
    hover: [],
    complete: [],
  };
  for (const place of questions.hover ?? []) {
    const hover = await ask("textDocument/hover", at(place));
    answer[file].hover.push(hover?.contents?.value ?? "");
  }
  for (const place of questions.complete ?? []) {
    const list = await ask("textDocument/completion", at(place));
    const items = list?.items ?? list ?? [];
    answer[file].complete.push(
      items.map(({ label, documentation }) => ({ label, documentation: documentation?.value ?? documentation ?? "" })),
    );
  }
}
process.stdout.write(JSON.stringify(answer));
await ask("shutdown", null);
tell("exit", null);
