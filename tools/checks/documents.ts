import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { eventData, eventTypes, legacyEventTypes } from '@authscript/prior-auth'

/** Checks the documents against the code: codes, events, links, and the tests and paths that they name. */

const root = join(import.meta.dirname, '..', '..')
const faults: string[] = []
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const sources = [...filesUnder('packages'), ...filesUnder('apps')].filter(
  (file) => !/\.test\.ts$|\/test\//.test(file),
)
const spoken = new Set<string>(['unexpected', 'request_invalid', 'request_refused', 'internal'])
for (const file of sources) {
  const text = read(file)
  for (const [, code = ''] of text.matchAll(/readonly code = '([a-z_]+)'/g)) spoken.add(code)
  for (const [, code = ''] of text.matchAll(/const \w+Code = '([a-z_]+)'/g)) spoken.add(code)
  for (const [, code = ''] of text.matchAll(/new HttpProblem\(\s*\d+,\s*'([a-z_]+)'/g))
    spoken.add(code)
}
compare('docs/errors.md', firstCells(read('docs/errors.md')), spoken)
compare('docs/events.md', firstCells(read('docs/events.md')), new Set(eventTypes))
checkEventRows()

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesUnder('docs'),
  ...filesUnder('packages'),
  ...filesUnder('apps'),
].filter((file) => file.endsWith('.md'))
for (const file of documents) {
  for (const [, link = ''] of read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (!/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), link)))
      faults.push(`${file} links to ${link}, which is not there`)
  }
}

// A row that names a test as `file` "part of its name" must find it there, and a path in backticks must exist.
let named = 0
for (const document of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/seed.md']) {
  const text = read(document)
  for (const [, path = ''] of text.matchAll(
    /`((?:apps|docs|examples|journeys|packages|tools)\/[\w/.-]*)`/g,
  )) {
    if (!existsSync(join(root, path))) faults.push(`${document} names ${path}, which is not there`)
  }
  for (const [, file = '', name = ''] of text.matchAll(/`([\w/.-]+\.test\.ts)` "([^"]+)"/g)) {
    named += 1
    if (existsSync(join(root, file)) && !read(file).includes(name))
      faults.push(`${document} names a test "${name}", which ${file} does not have`)
  }
}

const snippets = checkSnippets(documents)

for (const fault of faults) console.error(fault)
console.log(
  `${spoken.size} codes, ${eventTypes.length} events, ${documents.length} documents, ${named} named tests, ${snippets} snippets, ${faults.length} faults`,
)
process.exit(faults.length === 0 ? 0 : 1)

/** Each row of docs/events.md lists the fields of its event's schema in their order, and whether the original had a message for it. */
function checkEventRows(): void {
  const rows = read('docs/events.md').matchAll(/^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$/gm)
  for (const [, event = '', fields = '', notification = ''] of rows) {
    const eventType = eventTypes.find((type) => type === event)
    if (eventType === undefined) continue
    const expected = Object.keys(eventData[eventType].shape).join(', ')
    if (fields.trim() !== expected)
      faults.push(`docs/events.md, row ${event}: the data is ${expected}`)
    if ((notification.trim() !== '') !== legacyEventTypes.includes(eventType))
      faults.push(`docs/events.md, row ${event}: the last column names its legacy message, if any`)
  }
}

/** TypeScript in a document has to compile. Returns how many pieces there are. */
function checkSnippets(files: readonly string[]): number {
  const folder = join(root, 'artifacts/snippets')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let count = 0
  for (const file of files) {
    // What is generated from the docstrings shows signatures, not programs.
    if (read(file).includes('Generated from the docstrings')) continue
    for (const [, code = ''] of read(file).matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
      count += 1
      const name = `${file.replaceAll(/[/.]/g, '-')}-${count}.ts`
      writeFileSync(join(folder, name), `${code}\nexport {}\n`)
    }
  }
  const config = { extends: '../../tsconfig.base.json', include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { status, stdout } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder],
    { encoding: 'utf8' },
  )
  if (count > 0 && status !== 0) faults.push(stdout.trim())
  return count
}

function firstCells(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/^\| `([A-Za-z_]+)` \|/gm)].map(([, cell = '']) => cell))
}

function compare(file: string, told: ReadonlySet<string>, spokenOf: ReadonlySet<string>): void {
  for (const one of spokenOf) if (!told.has(one)) faults.push(`${file} does not tell of ${one}`)
  for (const one of told)
    if (!spokenOf.has(one)) faults.push(`${file} tells of ${one}, which the code does not know`)
}

function* filesUnder(directory: string): IterableIterator<string> {
  if (!existsSync(join(root, directory))) return
  for (const entry of readdirSync(join(root, directory), { withFileTypes: true })) {
    if (['node_modules', 'dist', 'coverage'].includes(entry.name)) continue
    const path = `${directory}/${entry.name}`
    if (entry.isDirectory()) yield* filesUnder(path)
    else yield path
  }
}
