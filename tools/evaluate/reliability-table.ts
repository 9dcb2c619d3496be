import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReliabilityRow } from './reliability.ts'

const document = join(import.meta.dirname, '..', '..', 'docs', 'support.md')
const start = '<!-- reliability: npm run evaluate -- --write -->'
const end = '<!-- end of reliability -->'

/** The two tables in the format of `docs/support.md`. */
export function toMarkdown(
  answers: readonly ReliabilityRow[],
  requests: readonly ReliabilityRow[],
): string {
  return [
    'Settled answers, by their support:',
    '',
    ...tableOf('Support', 'Answers', 'Right', answers),
    '',
    'Requests, by their support: how many a reviewer would approve.',
    '',
    ...tableOf('Support', 'Requests', 'Approvable', requests),
  ].join('\n')
}

function tableOf(
  level: string,
  count: string,
  right: string,
  rows: readonly ReliabilityRow[],
): readonly string[] {
  return [
    `| ${level} | ${count} | ${right} | Share | At least (95 %) |`,
    '| --- | --- | --- | --- | --- |',
    ...rows.map((row) =>
      [
        '',
        row.confidence.toFixed(2),
        row.answers,
        row.right,
        (row.right / row.answers).toFixed(3),
        row.lowerBound.toFixed(3),
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ]
}

export function documentedTables(): string {
  const text = readFileSync(document, 'utf8')
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim()
}

export function writeTables(tables: string): void {
  const text = readFileSync(document, 'utf8')
  const [before, after] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))]
  writeFileSync(document, `${before}${start}\n\n${tables}\n\n${after}`)
}
