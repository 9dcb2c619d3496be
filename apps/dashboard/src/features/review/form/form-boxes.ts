import { americanDate, formChoices, formField } from '@authscript/prior-auth'

/** A box of the form that a person may fill. */
export interface FormBox {
  /** As in `formField`. */
  readonly field: string
  readonly label: string
  readonly input: 'text' | 'long' | 'date' | 'number' | 'phone' | 'choice'
  /** For `choice`: the values with their text. */
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

const choiceLabels: Readonly<Record<string, string>> = {
  'patient.gender': 'Patient gender',
  review: 'Review type',
  request: 'Request type',
  setting: 'Setting',
  action: 'Imaging action',
}

const roleLabels: Readonly<Record<string, string>> = {
  'payer.name': 'Payer',
  'payer.plan': 'Plan',
  'submission.date': 'Date of request',
  'review.urgentReason': 'Reason for urgent review',
  'request.previousAuth': 'Previous authorization number',
  'setting.otherText': 'Other setting',
  'coverage.memberId': 'Member ID',
  'coverage.group': 'Group number',
  'coverage.subscriberName': 'Subscriber name',
  icdVersion: 'ICD version',
  'clinical.narrative': 'Clinical narrative',
  'facility.taxId': 'Facility tax ID',
}

const serviceLabels: Readonly<Record<string, string>> = {
  code: 'code',
  description: 'description',
  start: 'start date',
  end: 'end date',
  quantity: 'quantity',
}

const longRoles = new Set(['clinical.narrative', 'review.urgentReason'])
const dateRoles = new Set(['patient.birthDate', 'submission.date'])

/** The box of a field; undefined for a name that no person may fill. */
export function boxOf(field: string): FormBox | undefined {
  if (!formField.safeParse(field).success) return undefined
  const [kind, ...rest] = field.split('.')
  const name = rest.join('.')
  if (kind === 'choices') return choiceBox(field, name)
  if (kind === 'services') return serviceBox(field, rest)
  if (kind === 'diagnoses') return diagnosisBox(field, rest)
  return {
    field,
    label: roleLabels[name] ?? toLabel(name),
    input: longRoles.has(name)
      ? 'long'
      : dateRoles.has(name)
        ? 'date'
        : /phone|fax/iu.test(name)
          ? 'phone'
          : 'text',
    options: [],
  }
}

function choiceBox(field: string, name: string): FormBox {
  const values: readonly string[] = formChoices[name as keyof typeof formChoices]
  return {
    field,
    label: choiceLabels[name] ?? toLabel(name),
    input: 'choice',
    options: values.map((value) => ({ value, label: optionLabel(value) })),
  }
}

function serviceBox(field: string, [row = '0', key = '']: readonly string[]): FormBox {
  const number = Number(row) + 1
  return {
    field,
    label: `${number === 1 ? 'Service' : `Service ${number}`} ${serviceLabels[key] ?? key}`,
    input: key === 'start' || key === 'end' ? 'date' : key === 'quantity' ? 'number' : 'text',
    options: [],
  }
}

function diagnosisBox(field: string, [row = '0', key = '']: readonly string[]): FormBox {
  return { field, label: `Diagnosis ${Number(row) + 1} ${key}`, input: 'text', options: [] }
}

function optionLabel(value: string): string {
  return /^(ct|cta|mri|mra|pet)$/u.test(value) ? value.toUpperCase() : toLabel(value)
}

function toLabel(name: string): string {
  const words = name
    .replaceAll('.', ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ')
    .toLowerCase()
    .replaceAll(/\b(npi|pcp|id)\b/gu, (word) => word.toUpperCase())
    .replace('zip4', 'ZIP code')
    .replace(/^servicing\b/u, 'servicing provider')
    .replace(/^requester\b/u, 'requesting provider')
  return words.slice(0, 1).toUpperCase() + words.slice(1)
}

/** What the boxes of a form are for, by their name in the PDF: see `ReviewView.boxPurposes`. */
export type BoxPurposes = Readonly<Record<string, string>>

/** The field that a person may type into this box; undefined for another one. */
export function fieldOfBox(purposes: BoxPurposes, name: string): string | undefined {
  const purpose = purposes[name]
  return formField.safeParse(purpose).success ? purpose : undefined
}

/** The question that a box shows or answers, from 1. */
export function questionOfBox(purposes: BoxPurposes, name: string): number | undefined {
  const [, row] = /^criteria\.(\d+)$/u.exec(purposes[name] ?? '') ?? []
  return row === undefined ? undefined : Number(row)
}

/** The row of a question, or the last row, which says on which page the further questions are. */
export function rowOfQuestion(purposes: BoxPurposes, question: number): number {
  const rows = Object.keys(purposes).flatMap((name) => questionOfBox(purposes, name) ?? [])
  return Math.min(question, Math.max(...rows, 1))
}

/** Forms hold American dates, and date inputs ISO dates. Anything else stays as it is. */
export function toInputValue(box: FormBox, value: string): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/u.exec(value) ?? []
  return box.input === 'date' && year !== undefined ? `${year}-${month}-${day}` : value
}

export function toFormValue(box: FormBox, value: string): string {
  return box.input === 'date' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? americanDate(value) : value
}

/** The value of a box, for people: `Day surgery`, not `daySurgery`. */
export function shownValue(box: FormBox, value: string): string {
  return box.options.find((option) => option.value === value)?.label ?? value
}
