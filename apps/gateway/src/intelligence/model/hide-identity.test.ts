import { describe, expect, it } from 'vitest'
import { aChart } from '../../../test/intelligence/a-chart.ts'
import { identityHider } from './hide-identity.ts'

const hide = identityHider(aChart())

describe('what names the patient', () => {
  it.each([
    { written: 'Annabel Quillfeather reports', shown: '███████ ████████████ reports' },
    { written: 'QUILLFEATHER, annabel:', shown: '████████████, ███████:' },
    { written: 'born 1970-01-31.', shown: 'born ██████████.' },
    { written: 'DOB 01/31/1970, 1/31/70', shown: 'DOB ██████████, ███████' },
    { written: 'born 31 Jan 1970', shown: 'born ██ ███ ████' },
    { written: 'born January 31st, 1970', shown: 'born ███████ █████ ████' },
    { written: 'member XQZ884411', shown: 'member █████████' },
    {
      written: 'call (617) 555-0142 or a.q@example.org',
      shown: 'call █████ ████████ or ███████████████',
    },
    { written: 'number 123-45-6789', shown: 'number ███████████' },
  ])('is blacked out in place: $written', ({ written, shown }) => {
    expect(hide(written)).toBe(shown)
    expect(hide(written)).toHaveLength(written.length)
  })

  it.each([
    'Annabelle is her sister.',
    'Strength 3/5, pain 8/10 for 6 weeks since 2026-05-01.',
    'MA student; in or out of therapy',
  ])('does not include other text: %s', (text) => {
    expect(hide(text)).toBe(text)
  })

  it('is matched literally, whatever characters a name has', () => {
    const chart = aChart()
    const hideOdd = identityHider({
      ...chart,
      patient: { ...chart.patient, familyName: 'a.*(b', givenNames: ['?', ''] },
    })

    expect(hideOdd('a.*(b and axxb')).toBe('█████ and axxb')
  })
})
