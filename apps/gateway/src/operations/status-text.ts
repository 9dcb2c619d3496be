import type { DependencyView, Finding, NodeView, TileView } from '@authscript/prior-auth'
import type { Overview } from './overview.ts'

/** The operations page for a terminal, 100 columns wide or more. */
export function statusText(overview: Overview): string {
  const { verdict, findings, tiles, deadLetters, nodes, backup, measuredAt } = overview
  const now = Date.parse(measuredAt)
  return [
    ...findingLines(verdict),
    ...findings.flatMap(findingLines),
    '',
    ...tiles.map(tileLine),
    '',
    `${'last backup'.padEnd(nameWidth)} ${backup.lastAt === null ? 'never' : `${duration(now - Date.parse(backup.lastAt))} ago`}`,
    '',
    ...nodes.flatMap((node) => nodeLines(node, now)),
    ...(deadLetters.groups.length === 0 ? [] : ['', 'Dead letters']),
    ...deadLetters.groups.flatMap(({ code, count, firstAt, practiceIds, when, remedy }) => [
      `  ${code} x ${count}, first ${clockTime(firstAt)}, practice ${practiceIds.join(', ')}`,
      ...(when === null ? [] : [`    cause: ${plain(when)}`]),
      ...(remedy === null ? [] : [`    to do: ${plain(remedy)}`]),
    ]),
  ].join('\n')
}

const marks = { working: 'ok   ', attention: 'look ', trouble: 'wrong' } as const

/** The first line is the verdict: what a person reads, and what a script may cut off. */
function findingLines({ level, text, since, remedy, code, detail }: Finding): readonly string[] {
  const when = since === null ? '' : ` since ${clockTime(since)}`
  const line = `${marks[level]} ${text}${when}${remedy === null ? '' : `: ${remedy}`}${code === null ? '' : ` [${code}]`}`
  return detail === null ? [line] : [line, `      ${detail}`]
}

const nameWidth = 26

function tileLine({ title, figures }: TileView): string {
  const values = figures.map((figure) => `${figureText(figure)} ${figure.label}`)
  return `${title.padEnd(nameWidth)} ${values.join(', ')}`
}

function figureText({ value, unit }: TileView['figures'][number]): string {
  if (value === null) return '-'
  const text = String(Math.round(value * 10) / 10)
  return unit === 'seconds' ? `${text} s` : text
}

function nodeLines(node: NodeView, now: number): readonly string[] {
  const name = `${node.host}:${node.processId}`
  const silent = `last report ${clockTime(node.seenAt)}`
  if (node.state === 'gone') return [`node ${name}  no report, ${silent}`]
  const mib = (bytes: number) => Math.round(bytes / 1024 / 1024)
  return [
    `node ${name}  ${node.state}, version ${node.version}, up ${duration(now - Date.parse(node.startedAt))}, ` +
      `${node.leaseCount} leases, ${node.busyWorkers} of ${node.workerCount} workers busy, ${node.streamCount} streams, ` +
      `heap ${mib(node.heapBytes)} of ${mib(node.heapLimitBytes)} MB, loop lag ${node.loopLagMs} ms`,
    ...(node.asked === null ? [] : [`  ${askedText(node.asked)}`]),
    ...node.dependencies.map((one) => `  ${dependencyLine(one, now)}`),
  ]
}

function askedText({ act, workers, at }: NonNullable<NodeView['asked']>): string {
  const asked = {
    drain: 'to drain',
    take_up: 'to take up work',
    workers: `to have ${workers} workers`,
  }
  return `asked ${asked[act]} since ${clockTime(at)}, not done yet`
}

export const dependencyNames: Readonly<Record<DependencyView['name'], string>> = {
  ehr: 'EHR',
  token: "EHR's token endpoint",
  database: 'database',
  intelligence: 'intelligence service',
  language_model: 'language model',
}

function dependencyLine(one: DependencyView, now: number): string {
  const name = dependencyNames[one.name].padEnd(nameWidth - 2)
  if (one.state === 'not_asked') return `${name} not asked yet`
  const last =
    one.lastSuccessAt === null
      ? 'no success yet'
      : `last success ${duration(now - Date.parse(one.lastSuccessAt))} ago`
  const failed = `${one.failureCount} of ${one.callCount} calls failed in 15 min`
  const breaker = one.breaker === null || one.breaker === 'closed' ? '' : `, breaker ${one.breaker}`
  return one.state === 'working'
    ? `${name} working, ${last}, ${failed}${breaker}`
    : `${name} FAILING since ${clockTime(one.failingSince ?? '')}, ${last}, ${failed}${breaker}`
}

/** In the time zone of the terminal. */
function clockTime(time: string): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return 'unknown'
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

function duration(ms: number): string {
  const [name, size] = units.find(([, unit]) => ms >= unit) ?? ['s', 1000]
  return `${Math.max(0, Math.floor(ms / size))} ${name}`
}

const plain = (text: string) => text.replaceAll('`', '')
