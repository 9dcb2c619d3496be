import { describe, expect, it } from 'vitest'
import { inSavedView, inView } from './view-search.ts'

const shown = {
  view: 'open',
  q: 'lindqvist',
  payer: 'Prairie Health Plan',
  provider: 'Okafor, A.',
  owner: '',
  sort: 'patient',
  direction: 'desc',
} as const

describe('another view', () => {
  it('is shown without the filters of the previous one, with its search text and its sort', () => {
    expect(inView('to_send', shown)).toEqual({
      view: 'to_send',
      q: 'lindqvist',
      sort: 'patient',
      direction: 'desc',
    })
  })

  it('that was saved brings its own filters and sort', () => {
    expect(inSavedView({ view: 'mine', payer: 'Lakes Mutual' }, shown)).toEqual({
      view: 'mine',
      payer: 'Lakes Mutual',
      q: 'lindqvist',
    })
  })
})
