import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { caseTables, heldOutTables } from '@authscript/labelled-cases'
import { compareTable } from './evaluate/compare.ts'
import { figuresOf } from './evaluate/figures.ts'
import { sweepNotes } from './evaluate/note-sweep.ts'
import { reliabilityOf, requestReliabilityOf } from './evaluate/reliability.ts'
import { toMarkdown, writeTables } from './evaluate/reliability-table.ts'

/**
 * Holds the judgement to the labelled cases, and runs it over every note that lies beside the repository. `--policy ID` looks at one policy;
 * without `--json` each disagreement is printed; `--write` renews the tables of docs/confidence.md. Ends with 1 when a target is missed.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    policy: { type: 'string' },
    write: { type: 'boolean', default: false },
    'held-out': { type: 'boolean', default: false },
    notes: {
      type: 'string',
      default: join(import.meta.dirname, '..', '..', 'shared', 'data', 'notes'),
    },
  },
})

const tables = (values['held-out'] ? heldOutTables : caseTables).filter(
  (table) => values.policy === undefined || table.policyId === values.policy,
)
const cases = tables.flatMap(compareTable)
const figures = figuresOf(cases)

if (!values.json) {
  for (const one of cases) {
    const wrong = one.comparisons.filter((criterion) => criterion.answer !== criterion.truth)
    if (wrong.length === 0 && one.given === one.wanted) continue
    console.log(`${one.policyId}: ${one.caseId}`)
    if (one.given !== one.wanted) console.log(`  recommendation ${one.given}, label ${one.wanted}`)
    for (const { criterionId, truth, answer, reason } of wrong)
      console.log(`  ${criterionId}: ${answer}, label ${truth} (${reason})`)
  }
}

if (values.write && values.policy === undefined)
  writeTables(toMarkdown(reliabilityOf(cases), requestReliabilityOf(cases)))
const sweep = values.policy === undefined ? sweepNotes(values.notes) : undefined
const atMost = (statement: string, figure: number, limit: number) => ({
  statement,
  figure,
  limit,
  met: figure <= limit,
})
const targets = [
  atMost('false met', figures.falseMet, 0),
  {
    statement: 'agreement on clear criteria',
    figure: figures.agreement,
    limit: 0.95,
    met: figures.agreement >= 0.95,
  },
  {
    statement: 'unclear on clear criteria',
    figure: figures.unclearRate,
    limit: 0.15,
    met: figures.unclearRate < 0.15,
  },
  atMost(
    'quotes that do not stand where they say',
    figures.unverifiedQuotes + (sweep?.unverifiedQuotes ?? 0),
    0,
  ),
  ...(sweep === undefined ? [] : [atMost('errors over the notes', sweep.errors, 0)]),
]
console.log(
  JSON.stringify({
    evaluation: 'judgement',
    ...figures,
    byPolicy: Object.fromEntries(
      tables.map((table) => [
        table.policyId,
        figuresOf(cases.filter((one) => one.policyId === table.policyId)),
      ]),
    ),
    reliability: reliabilityOf(cases),
    requests: requestReliabilityOf(cases),
    notes: sweep ?? 'no notes beside the repository',
    targets,
  }),
)
process.exit(targets.every((target) => target.met) ? 0 : 1)
