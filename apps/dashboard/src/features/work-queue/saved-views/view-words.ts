import type { QueueSearch } from '../../../api/queue.ts'
import { sortLabels } from '../columns.tsx'
import { viewLabels } from '../view-labels.ts'

/** What a view keeps, in words: "Open, payer Prairie Health Plan, by patient". */
export function wordsOf({ view, payer, provider, owner, sort, direction }: QueueSearch): string {
  const filter = (label: string, value: string | undefined, none: string) =>
    value === undefined ? [] : [value === '' ? none : `${label} ${value}`]
  const order = sort ?? 'due'
  return [
    viewLabels[view ?? 'open'],
    ...filter('payer', payer, 'no payer'),
    ...filter('provider', provider, 'no provider'),
    ...filter('owner', owner, 'no owner'),
    ...(order === 'due' && direction !== 'desc'
      ? []
      : [
          `by ${sortLabels[order].toLowerCase()}${direction === 'desc' ? ', in reverse order' : ''}`,
        ]),
  ].join(', ')
}
