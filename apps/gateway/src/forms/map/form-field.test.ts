import { expect, it } from 'vitest'
import { purposesByBox } from './form-field.ts'
import type { FormTemplate, TemplateField } from './form-template.ts'

const box = (name: string, role: TemplateField['role']): TemplateField => ({
  name,
  role,
  label: name,
  isEssential: false,
})

it('says what each box is for, whatever the form calls it', () => {
  const fields = [
    box('Text1', { kind: 'text', role: 'facility.name' }),
    box('Text2', { kind: 'row', row: 2, part: 'start' }),
    box('Text3', { kind: 'row', row: 1, part: 'diagnosisCode' }),
    box('Text4', { kind: 'whole', part: 'procedures' }),
    box('Check1', { kind: 'tick', choice: 'review', value: 'urgent' }),
    box('List1', { kind: 'choice', choice: 'setting' }),
    box('Text5', { kind: 'criterion', row: 3, part: 'question' }),
    box('Check2', { kind: 'answer', row: 3, value: 'met' }),
    box('Signature1', { kind: 'person', part: 'signature' }),
  ]

  expect(purposesByBox({ fields } as unknown as FormTemplate)).toEqual({
    Text1: 'values.facility.name',
    Text2: 'services.1.start',
    Text3: 'diagnoses.0.code',
    Text4: 'services.0.code',
    Check1: 'choices.review',
    List1: 'choices.setting',
    Text5: 'criteria.3',
    Check2: 'criteria.3',
  })
})
