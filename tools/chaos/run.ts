import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { readCommandLine, refuseUsage } from '../command-line.ts'
import type { Row, Target } from '../report.ts'
import type { Campaign, CampaignReport } from './campaign.ts'
import { clockJumps } from './campaigns/clock-jumps.ts'
import { ehrFaults } from './campaigns/ehr-faults.ts'
import { fullDisk } from './campaigns/full-disk.ts'
import { oneNode } from './campaigns/one-node.ts'
import { stepBoundaries } from './campaigns/step-boundaries.ts'
import { twoNodes } from './campaigns/two-nodes.ts'

/** `npm run chaos -- --json`: kills, faults and a full disk against real gateways; its last line is a JSON object. */

const usage = `usage: npm run chaos -- [--json] [--seed NUMBER] [--kills NUMBER] [--only CAMPAIGN]

  --json            changes nothing: the last line is always the result as JSON
  --seed NUMBER     repeats an earlier run, as far as timing allows
  --kills NUMBER    how many gateways are killed; 200 by default
  --only CAMPAIGN   one node, two nodes, step boundaries, EHR faults, clock jumps or full disk`
const { values } = readCommandLine(usage, {
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kills: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
})
const seed = Number(values.seed)
const half = Math.ceil(Number(values.kills) / 2)
const campaigns: Readonly<Record<string, { readonly run: Campaign; readonly kills: number }>> = {
  'one node': { run: oneNode, kills: half },
  'two nodes': { run: twoNodes, kills: half },
  'step boundaries': { run: stepBoundaries, kills: 1000 },
  'EHR faults': { run: ehrFaults, kills: 10 },
  'clock jumps': { run: clockJumps, kills: 3 },
  'full disk': { run: fullDisk, kills: 0 },
}

for (const name of ['seed', 'kills'] as const)
  if (!/^\d+$/.test(values[name])) refuseUsage(`--${name} is a whole number`, usage)
if (values.only !== undefined && !Object.hasOwn(campaigns, values.only))
  refuseUsage(`--only: there is no campaign ${JSON.stringify(values.only)}`, usage)

console.log(`chaos seed ${seed}`)
const reports: {
  readonly name: string
  readonly seconds: number
  readonly report: CampaignReport
}[] = []
for (const [name, { run, kills }] of Object.entries(campaigns)) {
  if (values.only !== undefined && values.only !== name) continue
  const startedAt = performance.now()
  const report = await run({ seed, kills })
  const seconds = (performance.now() - startedAt) / 1000
  reports.push({ name, seconds, report })
  console.log(
    `${name}: ${report.kills} kills in ${seconds.toFixed(0)} s, ${JSON.stringify({ ...report.verdict, findings: undefined })}; ${report.notes}`,
  )
  for (const finding of report.verdict.findings.slice(0, 20)) console.log(`  ${finding}`)
}

const once = (subject: string, unit: string, value: number): Row => ({
  subject: 'ours',
  case: subject,
  unit,
  median: value,
  min: value,
  max: value,
  runs: 1,
})
const rows = reports.flatMap(({ name, seconds, report: { verdict, kills } }) => [
  once(`${name}: kills`, 'kills', kills),
  once(`${name}: encounters acknowledged`, 'encounters', verdict.registered),
  once(`${name}: documents approved`, 'documents', verdict.approved),
  once(`${name}: time`, 's', Math.round(seconds)),
])
const sum = (count: (report: CampaignReport) => number) =>
  reports.reduce((total, { report }) => total + count(report), 0)
const none = (statement: string, figure: number): Target => ({
  statement,
  figure,
  limit: 0,
  met: figure === 0,
})
const killed = sum((report) => report.kills)
const targets: readonly Target[] = [
  {
    statement: 'kill -9 of gateways',
    figure: killed,
    limit: Number(values.kills),
    met: killed >= Number(values.kills),
  },
  none(
    'encounters or documents lost',
    sum(({ verdict }) => verdict.lost),
  ),
  none(
    'encounters failed',
    sum(({ verdict }) => verdict.failed),
  ),
  none(
    'duplicate work items',
    sum(({ verdict }) => verdict.duplicateWorkItems),
  ),
  none(
    'duplicate documents',
    sum(({ verdict }) => verdict.duplicateDocuments),
  ),
  none(
    'documents that nobody approved',
    sum(({ verdict }) => verdict.unapprovedDocuments),
  ),
  none(
    'events that a reader missed',
    sum(({ verdict }) => verdict.missedEvents),
  ),
  none(
    'events that a reader received twice',
    sum(({ verdict }) => verdict.repeatedEvents),
  ),
]
const [cpu] = cpus()
console.log(
  JSON.stringify({
    bench: 'chaos',
    seed,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: `${cpus().length} x ${cpu?.model ?? 'unknown'}, Node ${process.version}`,
    rows,
    targets,
  }),
)
process.exit(targets.every((target) => target.met) ? 0 : 1)
