import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { configKeys } from '../apps/gateway/src/config.ts'
import { type KeyNode, keysOf, type PlacedKey } from '../apps/gateway/src/config/key-tree.ts'
import { serviceVariables } from '../apps/intelligence-service/src/config.ts'
import { sandboxVariables } from '../apps/sandbox-ehr/src/config.ts'

/** Writes docs/configuration.md from the schemas, or with `--check` fails when the file differs from them. */

const file = 'docs/configuration.md'
const target = join(dirname(dirname(fileURLToPath(import.meta.url))), file)

const introduction = `# Configuration

Every key of the gateway, and the variables of the sandbox EHR and the intelligence service. Generated from the schemas by \`npm run configuration-reference\`;
\`npm run docs\` fails when it is stale.

The gateway reads \`gateway.config.json\` (\`--config FILE\` names another) and lays the environment over it. A variable has two underscores between the names of its
key: \`TaskOrchestrator__WorkerCount=4\`. Where \`N\` stands, an item of a list has its number, from 0. A list of values may be one text with spaces or commas:
\`Ehr__Scopes="system/Patient.rs system/Encounter.rs"\`. Changes take effect at the next start. All faults are reported at once, with the key, the value found (never
a secret), what is expected and the nearest known key. Variables that look like ours and are not (\`DATABASE_URL\`, \`http__port\`) are refused; those that Kubernetes sets for
a service (\`DATABASE_SERVICE_HOST\`) are not.
`

if (import.meta.main) process.exitCode = run(process.argv.includes('--check'))

/** The exit code. */
function run(isCheck: boolean): number {
  const root = configKeys()
  const page = renderConfiguration(root)
  const count = [...keysOf(root)].length
  if (!isCheck) {
    writeFileSync(target, page)
    console.log(`${file}: ${count} keys`)
    return 0
  }
  if (existsSync(target) && readFileSync(target, 'utf8') === page) {
    console.log(`${file} is up to date: ${count} keys`)
    return 0
  }
  console.error(`${file} differs from the schemas; run npm run configuration-reference`)
  return 1
}

export function renderConfiguration(root: KeyNode): string {
  const sections = [...root.keys].map(([name, section]) => renderSection(name, section))
  const programs = [
    ['The sandbox EHR', sandboxVariables],
    ['The intelligence service', serviceVariables],
  ] as const
  return [
    introduction,
    ...sections,
    ...programs.map(([title, variables]) => renderVariables(title, variables)),
  ].join('\n')
}

function renderSection(name: string, section: KeyNode): string {
  const rows = [...keysOf(section)].map((placed) => renderKey(name, placed))
  return `## ${name}

${section.notes.about ?? ''}${subsectionsOf(section)}

| Key | Environment variable | Unit | Allowed | Default | What it does |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

/** What the sections inside of a section are for. */
function subsectionsOf(section: KeyNode): string {
  const lines = [...section.keys].flatMap(([name, node]) =>
    node.notes.about === undefined ? [] : [`- \`${name}\`: ${node.notes.about}`],
  )
  return lines.length === 0 ? '' : `\n\n${lines.join('\n')}`
}

function renderKey(section: string, { path, node }: PlacedKey): string {
  const variable = [section, ...path].map((name) => (name === '*' ? 'N' : name)).join('__')
  const isFree = node.kind === 'section'
  return row([
    `\`${path.map((name) => (name === '*' ? 'N' : name)).join('.')}\``,
    node.kind === 'list' && node.item?.kind === 'section'
      ? `\`${variable}__N__…\``
      : `\`${variable}${isFree ? '__NAME' : ''}\``,
    node.notes.unit ?? '',
    node.range,
    defaultOf(node),
    node.notes.effect ?? '',
  ])
}

function defaultOf(node: KeyNode): string {
  if (node.notes.defaultText !== undefined) return node.notes.defaultText
  if (node.isRequired) return '**required**'
  return node.default === undefined ? 'not set' : `\`${JSON.stringify(node.default)}\``
}

function renderVariables(
  title: string,
  variables: Readonly<
    Record<
      string,
      { range: string; unit?: string; default: string; effect: string; option?: string }
    >
  >,
): string {
  const rows = Object.entries(variables).map(
    ([name, { range, unit, default: value, effect, option }]) =>
      row([
        `\`${name}\`${option === undefined ? '' : `, \`--${option}\``}`,
        unit ?? '',
        range,
        value,
        effect,
      ]),
  )
  return `## ${title}

It reads no file.

| Environment variable | Unit | Allowed | Default | What it does |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
