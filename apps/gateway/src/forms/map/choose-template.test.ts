import { describe, expect, it } from 'vitest'
import { aContent } from '../../../test/forms/a-content.ts'
import { rulesOf } from '../../../test/forms/an-outside-form.ts'
import { chooseTemplate } from './choose-template.ts'
import { isInRange } from './code-range.ts'
import type { FormTemplate } from './form-template.ts'

const aTemplate = (name: string, rules: object = {}): FormTemplate => ({
  name,
  title: name,
  pdf: new Uint8Array(),
  fields: [],
  signing: [],
  blank: new Map(),
  rules: rulesOf(rules),
})
const general = aTemplate('general')
const noDrugs = {
  refuses: [{ name: 'not-for-drugs', codes: ['J0000-J9999'], because: 'not for drugs' }],
}
const anOrder = (payer: string | undefined, code: string) =>
  aContent({
    values: payer === undefined ? {} : { 'payer.name': payer },
    services: [{ code }],
  })

describe('choosing the form', () => {
  it.each([
    { payer: 'Aetna', code: '72148', form: 'a', notices: 0 },
    { payer: 'Cigna', code: '72148', form: 'general', notices: 0 },
    { payer: undefined, code: '72148', form: 'general', notices: 0 },
    { payer: 'Aetna', code: 'J0129', form: 'general', notices: 2 },
    { payer: 'Aetna', code: '29881', form: 'b', notices: 1 },
  ])('$payer, $code: $form', ({ payer, code, form, notices }) => {
    const offered = [
      { template: aTemplate('a', noDrugs), payers: ['Aetna'], codes: ['70000-76499', 'J0129'] },
      { template: aTemplate('b', noDrugs), payers: ['Aetna'], codes: [] },
    ]
    const chosen = chooseTemplate(anOrder(payer, code), offered, general)

    expect(chosen.template.name).toBe(form)
    expect(chosen.notices.length).toBe(notices)
  })

  it('says why the payer’s form was not used', () => {
    const offered = [{ template: aTemplate('a', noDrugs), payers: ['Aetna'], codes: [] }]

    expect(chooseTemplate(anOrder('Aetna', 'J0129'), offered, general).notices).toEqual([
      'the form a was not used: not for drugs (code J0129)',
    ])
  })

  it.each([
    { code: '72148', range: '70000-76499', inside: true },
    { code: '76499', range: '70000-76499', inside: true },
    { code: '76500', range: '70000-76499', inside: false },
    { code: 'J0129', range: 'J0000-J9999', inside: true },
    { code: 'Q5101', range: 'J0000-J9999', inside: false },
    { code: '0042T', range: '0001T-0900T', inside: true },
    { code: '0042', range: '0001T-0900T', inside: false },
    { code: '72148', range: '72148', inside: true },
  ])('$code in $range: $inside', ({ code, range, inside }) => {
    expect(isInRange(code, range)).toBe(inside)
  })
})
