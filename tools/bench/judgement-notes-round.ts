import { analyze, policies } from '@authscript/intelligence'
import { caseTables, orderId, toBundle } from '@authscript/labelled-cases'

/** Analyzes a chart with 5 MB of notes once, in a cold process that does nothing else, and prints the figures as JSON. `argv[2]`: the policy. */

const noteCount = 100
const totalCharacters = 5_000_000

const policy = policies.find((one) => one.policyId === process.argv[2])
if (policy === undefined) throw new Error(`no policy ${process.argv[2] ?? ''}`)
/** The notes of all labelled cases. */
const written = caseTables.flatMap((table) => table.cases.flatMap((one) => one.chart.note ?? []))
const bundle = toBundle({
  order: { code: policy.procedureCodes[0] ?? '' },
  note: noteOf(0),
  olderNotes: Array.from({ length: noteCount - 1 }, (_, index) => ({
    text: noteOf(index + 1),
    daysAgo: index + 1,
  })),
})
const startedAt = performance.now()
const analysis = analyze(bundle, orderId, { switchedOn: [policy.policyId] })
const ms = performance.now() - startedAt
if (analysis.outcome !== 'assessed') throw new Error(analysis.outcome)
console.log(JSON.stringify({ ms, peakMb: process.resourceUsage().maxRSS / 1024 }))

/** All notes differ, so that none is read as a copy of another. */
function noteOf(index: number): string {
  const parts: string[] = []
  let length = 0
  for (let at = index; length < totalCharacters / noteCount; at += 1) {
    const part = `${written[at % written.length] ?? ''}\n\nSeen on day ${index}, entry ${at}.\n\n`
    parts.push(part)
    length += part.length
  }
  return parts.join('').slice(0, totalCharacters / noteCount)
}
