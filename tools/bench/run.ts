import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { readCommandLine, refuseUsage } from '../command-line.ts'
import type { BenchResult } from '../report.ts'

/** `npm run bench -- NAME --json`: runs one benchmark; its last line is a JSON object. */

/** Imported on demand, so that a bench of the orchestrator does not load the gateway. */
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  audit: async () => (await import('./audit.ts')).audit(),
  autoscaler: async () => (await import('./autoscaler.ts')).autoscaler(),
  broadcast: async () => (await import('./broadcast.ts')).broadcast(),
  burst: async () => (await import('./burst.ts')).burst(),
  durable: async () => (await import('./durable.ts')).durable(),
  ehrs: async () => (await import('./ehrs.ts')).ehrs(),
  judgement: async () => (await import('./judgement.ts')).judgement(),
  orchestrator: async () => (await import('./orchestrator.ts')).orchestrator(),
  soak: async () => (await import('./soak.ts')).soak(),
}

const usage = `usage: npm run bench -- ${Object.keys(benches).join('|')} [--json]

  --json   changes nothing: the last line is always the result as JSON`
const { positionals } = readCommandLine(usage, {
  options: { json: { type: 'boolean' } },
  allowPositionals: true,
})
const [name = ''] = positionals
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined
if (bench === undefined)
  refuseUsage(
    name === '' ? 'no bench is named' : `there is no bench ${JSON.stringify(name)}`,
    usage,
  )
const { rows, targets } = await bench()
const [cpu] = cpus()
console.log(
  JSON.stringify({
    bench: name,
    commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
    machine: `${cpus().length} x ${cpu?.model ?? 'unknown'}, Node ${process.version}`,
    rows,
    targets,
  }),
)
process.exit(targets.every((target) => target.met) ? 0 : 1)
