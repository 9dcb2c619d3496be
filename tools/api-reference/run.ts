import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { renderPage } from './page.ts'
import { readReference, undocumented } from './reference.ts'

/** Writes the API reference of the orchestrator. With `--check`, fails if the file is out of date. */

const root = join(import.meta.dirname, '..', '..')
const packageFolder = 'packages/orchestrator'
const pageFile = `${packageFolder}/docs/api.md`

if (import.meta.main) process.exitCode = run(process.argv.includes('--check'))

/** The exit code. */
function run(isCheck: boolean): number {
  const read = (path: string) => readFileSync(join(root, packageFolder, path), 'utf8')
  const items = readReference('src/index.ts', read)
  const { name: packageName } = JSON.parse(read('package.json')) as { readonly name: string }
  const page = renderPage(items, { packageName, packagePath: '..' })

  const bare = undocumented(items)
  // A self-explanatory name needs no docstring (CONTRIBUTING.md). `--undocumented` lists the names without one.
  if (process.argv.includes('--undocumented'))
    for (const name of bare) console.error(`undocumented: ${name}`)
  const counted = `${items.length} exports, ${bare.length} undocumented`

  const target = join(root, pageFile)
  if (isCheck) {
    if (existsSync(target) && readFileSync(target, 'utf8') === page) {
      console.log(`${pageFile} is up to date: ${counted}`)
      return 0
    }
    console.error(`${pageFile} differs from the docstrings; run npm run api-reference`)
    return 1
  }
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, page)
  console.log(`${pageFile}: ${counted}`)
  return 0
}
