import {
  type RecordSentRequest,
  type RecordSentResult,
  recordSentResult,
} from '@authscript/prior-auth'
import { json, sendRequest } from './client.ts'

/** The requests that enter several orders as sent. */

export type SentEntry = RecordSentRequest

/** What one request may change. */
const maxOrders = 200

export const recordSent = ({ items, ...entry }: SentEntry): Promise<RecordSentResult> =>
  inParts(items, (part) =>
    sendRequest('/api/work-queue/sent', recordSentResult, json({ ...entry, items: part })),
  )

/** `changed` from the answer: orders that have changed since are not changed. */
export const undoSent = (changed: RecordSentResult['changed']): Promise<RecordSentResult> =>
  inParts(changed, (items) =>
    sendRequest('/api/work-queue/sent/undo', recordSentResult, json({ items })),
  )

async function inParts<Item>(
  items: readonly Item[],
  send: (part: readonly Item[]) => Promise<RecordSentResult>,
): Promise<RecordSentResult> {
  const results: RecordSentResult[] = []
  for (let from = 0; from < items.length; from += maxOrders)
    results.push(await send(items.slice(from, from + maxOrders)))
  return {
    changed: results.flatMap(({ changed }) => changed),
    left: results.flatMap(({ left }) => left),
  }
}
