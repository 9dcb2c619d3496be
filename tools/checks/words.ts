import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findBannedWords } from './banned-words.ts'

/**
 * Checks that our English is plain: no banned word in a tracked `.ts`, `.tsx` or `.md` file, or in its name. Prints
 * `file:line`, what was found and what to write instead, and exits with 1. `--count` prints the number of findings per
 * folder, and exits with 0.
 */

/** Lists the banned words, records earlier names, or is never edited after a release. */
const notChecked: readonly string[] = [
  'tools/checks/banned-words.ts',
  'tools/checks/banned-words.test.ts',
  'CHANGELOG.md',
  'tools/bench/results/',
  'apps/gateway/src/store/migrations/0',
]

const root = join(import.meta.dirname, '..', '..')
const { values: options } = parseArgs({ options: { count: { type: 'boolean', default: false } } })

const folderOf = (file: string) => file.split('/').slice(0, -1).slice(0, 4).join('/') || '.'

const files = execFileSync('git', ['ls-files', '-z', '--', '*.ts', '*.tsx', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && !notChecked.some((prefix) => file.startsWith(prefix)))
const findings = files.flatMap((file) =>
  findBannedWords(file, readFileSync(join(root, file), 'utf8')),
)

if (options.count) {
  for (const [folder, found] of Object.entries(
    Object.groupBy(findings, ({ file }) => folderOf(file)),
  ).toSorted(([a], [b]) => a.localeCompare(b))) {
    console.log(`${String(found?.length ?? 0).padStart(5)}  ${folder}`)
  }
  console.log(`${String(findings.length).padStart(5)}  in ${files.length} files`)
} else {
  for (const { file, line, found, instead } of findings) {
    console.error(`${file}${line === 0 ? '' : `:${line}`}: "${found}" (instead: ${instead})`)
  }
  console.log(`words: ${files.length} files, ${findings.length} banned words`)
  if (findings.length > 0) process.exitCode = 1
}
