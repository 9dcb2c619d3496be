import { join } from 'node:path'
import { policies } from '@authscript/intelligence'
import { caseTables, heldOutTables } from '@authscript/labelled-cases'
import { readCommandLine } from '../command-line.ts'
import { compareCase } from './compare.ts'
import { casesOf } from './evaluated-case.ts'
import { figuresBy, figuresOf, missesByCause } from './figures.ts'
import { readNoteSet } from './note-set.ts'
import { sweepNotes } from './note-sweep.ts'
import { reliabilityOf, requestReliabilityOf } from './reliability.ts'
import { toMarkdown, writeTables } from './reliability-table.ts'

/**
 * Compares the assessment with the labelled cases, and runs it over all notes next to the repository. Exits with 1 if a target is
 * missed.
 */

const usage = `usage: npm run evaluate -- [--json] [--policy ID] [--held-out | --set FILE] [--notes DIR] [--write]

  --json        prints figures as JSON, and no disagreements
  --policy ID   the cases of one policy
  --held-out    the cases of other authors
  --set FILE    a module with notes by someone else (tools/evaluate/note-set.ts)
  --notes DIR   the folder of notes that are read without labels
  --write       updates the tables of docs/support.md`
const { values } = readCommandLine(usage, {
  options: {
    json: { type: 'boolean', default: false },
    policy: { type: 'string' },
    write: { type: 'boolean', default: false },
    'held-out': { type: 'boolean', default: false },
    set: { type: 'string' },
    notes: {
      type: 'string',
      default: join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'notes'),
    },
  },
})

const criteriaOf = (policyId: string) =>
  policies.find((one) => one.policyId === policyId)?.criteria.map((one) => one.criterionId) ?? []
const labelled =
  values.set === undefined
    ? (values['held-out'] ? heldOutTables : caseTables).flatMap((table) => casesOf(table))
    : await readNoteSet(values.set, criteriaOf)
const cases = labelled
  .filter((one) => values.policy === undefined || one.policyId === values.policy)
  .map(compareCase)
if (values.policy !== undefined && cases.length === 0) {
  console.error(
    `no case has the policy "${values.policy}"; its cases are in packages/labelled-cases/src/tables/${values.policy}.ts`,
  )
  process.exit(1)
}
const figures = figuresOf(cases)

if (!values.json) {
  for (const one of cases) {
    const wrong = one.comparisons.filter((criterion) => criterion.answer !== criterion.truth)
    const isOther = one.wanted !== undefined && one.given !== one.wanted
    if (wrong.length === 0 && !isOther) continue
    console.log(`${one.policyId}: ${one.caseId}`)
    if (isOther) console.log(`  recommendation ${one.given}, label ${one.wanted}`)
    for (const { criterionId, truth, answer, reason, isFalseStatement } of wrong)
      console.log(
        `  ${isFalseStatement ? 'FALSE TO THE PAYER ' : ''}${criterionId}: ${answer}, label ${truth} (${reason})`,
      )
  }
}

const isWhole = values.policy === undefined && values.set === undefined
if (values.write && isWhole)
  writeTables(toMarkdown(reliabilityOf(cases), requestReliabilityOf(cases)))
const sweep = isWhole ? sweepNotes(values.notes) : undefined
/** For our own cases, and for those of other authors. */
const minAgreement = values.set === undefined && !values['held-out'] ? 0.99 : 0.85
const atMost = (statement: string, figure: number, limit: number) => ({
  statement,
  figure,
  limit,
  met: figure <= limit,
})
const targets = [
  atMost('false statements to the payer', figures.falseStatements, 0),
  atMost('false met', figures.falseMet, 0),
  {
    statement: 'agreement on clear criteria',
    figure: figures.agreement,
    limit: minAgreement,
    met: figures.agreement >= minAgreement,
  },
  {
    statement: 'unclear on clear criteria',
    figure: figures.unclearRate,
    limit: 0.15,
    met: figures.unclearRate < 0.15,
  },
  atMost(
    'quotes that are not at their position',
    figures.unverifiedQuotes + (sweep?.unverifiedQuotes ?? 0),
    0,
  ),
  ...(sweep === undefined ? [] : [atMost('errors on the notes', sweep.errors, 0)]),
]
console.log(
  JSON.stringify({
    evaluation: 'judgement',
    ...figures,
    byPolicy: figuresBy(cases, (one) => one.policyId),
    byStyle: figuresBy(cases, (one) => one.style),
    byCause: missesByCause(cases),
    reliability: reliabilityOf(cases),
    requests: requestReliabilityOf(cases),
    notes: sweep ?? 'no notes next to the repository',
    targets,
  }),
)
process.exit(targets.every((target) => target.met) ? 0 : 1)
