import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compareEventRows, compareNames, firstCells, namesOfChapter } from './document-tables.ts'
import { ehrBehaviours } from '../../journeys/independent-ehr/behaviours/behaviours.ts'
import { ehrProfileNames } from '../../apps/gateway/src/fhir/profiles/ehr-profile.ts'
import { eventData, eventTypes, legacyEventTypes } from '@authscript/prior-auth'

/** Checks the documents against the code: codes, events, metrics, links, and the tests and paths that they name. */

const root = join(import.meta.dirname, '..', '..')
const problems: string[] = []
const read = (file: string) => readFileSync(join(root, file), 'utf8')

const sources = [...filesUnder('packages'), ...filesUnder('apps')].filter(
  (file) => !/\.test\.ts$|\/test\//.test(file),
)
const codes = new Set<string>(['unexpected', 'request_invalid', 'request_refused', 'internal'])
const metrics = new Set<string>()
for (const file of sources) {
  const text = read(file)
  for (const [, code = ''] of text.matchAll(/readonly code = '([a-z_]+)'/g)) codes.add(code)
  for (const [, code = ''] of text.matchAll(/const \w+Code = '([a-z_]+)'/g)) codes.add(code)
  for (const [, code = ''] of text.matchAll(/new HttpProblem\(\s*\d+,\s*'([a-z_]+)'/g))
    codes.add(code)
  // An action of the review that is refused; the HTTP answer has its code.
  for (const [, code = ''] of text.matchAll(/\brefused\(\s*'([a-z_]+)'/g)) codes.add(code)
  for (const [, name = ''] of text.matchAll(
    /(?:\bname: |\bobserve(?:States|Reason)?\(\s*)'(gateway_[a-z_]+)'/g,
  ))
    metrics.add(name)
}
problems.push(
  ...compareNames('docs/errors.md', firstCells(read('docs/errors.md')), codes),
  ...compareNames('docs/events.md', firstCells(read('docs/events.md')), new Set(eventTypes)),
  ...compareEventRows(
    'docs/events.md',
    read('docs/events.md'),
    eventTypes.map((name) => ({
      name,
      fields: Object.keys(eventData[name].shape),
      hasLegacyMessage: legacyEventTypes.includes(name),
    })),
  ),
  ...compareNames(
    'docs/operations.md',
    namesOfChapter(read('docs/operations.md'), 'Metrics'),
    metrics,
  ),
  ...compareNames('docs/ehrs.md', firstCells(read('docs/ehrs.md')), new Set(ehrProfileNames)),
  ...compareNames(
    'journeys/independent-ehr/behaviours/behaviours.ts',
    new Set(Object.keys(ehrBehaviours)),
    new Set(ehrProfileNames),
  ),
)

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesUnder('docs'),
  ...filesUnder('packages'),
  ...filesUnder('apps'),
].filter((file) => file.endsWith('.md'))
for (const file of documents) {
  for (const [, link = ''] of read(file).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    if (!/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), link)))
      problems.push(`${file} links to ${link}, which does not exist`)
  }
}

// A row that names a test as `file` "part of its name" must find it there, and a path in backticks must exist.
let named = 0
for (const document of ['ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/seed.md']) {
  const text = read(document)
  for (const [, path = ''] of text.matchAll(
    /`((?:apps|docs|examples|journeys|packages|tools)\/[\w/.-]*)`/g,
  )) {
    if (!existsSync(join(root, path)))
      problems.push(`${document} names ${path}, which does not exist`)
  }
  for (const [, file = '', name = ''] of text.matchAll(/`([\w/.-]+\.test\.ts)` "([^"]+)"/g)) {
    named += 1
    if (existsSync(join(root, file)) && !read(file).includes(name))
      problems.push(`${document} names a test "${name}", which ${file} does not have`)
  }
}

const snippets = checkSnippets(documents)

for (const problem of problems) console.error(problem)
console.log(
  `${codes.size} codes, ${eventTypes.length} events, ${documents.length} documents, ${named} named tests, ${snippets} snippets, ${problems.length} problems`,
)
process.exit(problems.length === 0 ? 0 : 1)

/** Compiles the TypeScript in the documents. Returns the number of snippets. */
function checkSnippets(files: readonly string[]): number {
  const folder = join(root, 'artifacts/snippets')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  let count = 0
  for (const file of files) {
    // The API reference contains signatures, not programs.
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
  if (count > 0 && status !== 0) problems.push(stdout.trim())
  return count
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
