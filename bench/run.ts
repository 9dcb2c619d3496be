import { execFileSync } from 'node:child_process'
import { cpus } from 'node:os'
import { burst } from './burst.ts'

/** `npm run bench -- NAME --json`: runs one benchmark; its last line is one JSON object. */

export interface Row {
  readonly subject: string
  readonly case: string
  readonly unit: string
  readonly median: number
  readonly min: number
  readonly max: number
  readonly runs: number
}

export interface Target {
  readonly statement: string
  readonly figure: number
  readonly limit: number
  readonly met: boolean
}

const benches: Readonly<
  Record<
    string,
    () => Promise<{ readonly rows: readonly Row[]; readonly targets: readonly Target[] }>
  >
> = { burst }

const [name = ''] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const bench = benches[name]
if (bench === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benches).join('|')} --json`)
  process.exit(2)
}
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
