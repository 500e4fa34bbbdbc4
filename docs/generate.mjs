/** Makes what follows from the rules' files: the pages in docs/rules/, and the setting that lists them. `npm run docs`; a test fails when any is stale. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const source = 'server/src/core/rules';
const target = 'docs/rules';
const aside = new Set(['index.ts', 'rule.ts']);

/** Reads the rules: id, default severity, and the doc comment as Markdown. */
export function readRules() {
  return readdirSync(source)
    .filter((name) => name.endsWith('.ts') && !aside.has(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(source, name), 'utf8');
      const comment = /\/\*\*\n([\s\S]*?)\n \*\/\nexport const \w+: Rule = \{/.exec(text)?.[1];
      const id = /\bid: '([\w-]+)'/.exec(text)?.[1];
      const severity = /\bseverity: '(\w+)'/.exec(text)?.[1];
      if (!comment || !id || !severity || `${id}.ts` !== name)
        throw new Error(`${name} is not a rule: it needs a doc comment, and an id that is the file's name`);
      return { id, severity, body: comment.replaceAll(/^ \* ?/gm, '') };
    });
}

/** The pages by path. */
export function makePages() {
  const rules = readRules();
  const pages = new Map(
    rules.map(({ id, severity, body }) => [`${target}/${id}.md`, `# ${id}\n\nDefault severity: ${severity}\n\n${body}\n`]),
  );
  const rows = rules.map(
    ({ id, severity, body }) => `| [${id}](${id}.md) | ${severity} | ${body.split('\n\n')[0].replaceAll('\n', ' ')} |`,
  );
  pages.set(`${target}/README.md`, `# Rules\n\n| rule | default | what it finds |\n|---|---|---|\n${rows.join('\n')}\n`);
  return pages;
}

/** package.json with the rules listed in the setting, for completion in the settings editor. */
export function makeManifest() {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const levels = { type: 'string', enum: ['error', 'warning', 'information', 'hint', 'off'] };
  manifest.contributes.configuration.properties['m365Scopes.rules'].properties = Object.fromEntries(
    readRules().map(({ id }) => [id, levels]),
  );
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

if (import.meta.filename === process.argv[1]) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const [path, text] of makePages()) writeFileSync(path, text);
  writeFileSync('package.json', makeManifest());
}
