import { PDFDocument } from '@cantoo/pdf-lib'
import { type ForeignForm, memberId, name, type RefusedForm } from './foreign-form.ts'
import { rawForm, type RawForm, savedForm, textNode } from './raw-form.ts'
import { withUpdate } from './raw-pdf.ts'
import { encryptedForm } from './raw-encryption.ts'

const above = '40 700 300 716'
const below = '40 660 300 676'
const both = { Name: 'patient.name', Member: 'coverage.memberId' }
const said = { Name: name, Member: memberId }
const twoBoxes = () => rawForm([textNode('Name', above), textNode('Member', below)])

/** Replaces one field in a later revision. */
function updated(form: RawForm, fieldName: string, change: (body: string) => string): Buffer {
  const id = form.ids.get(fieldName) ?? 0
  const file = form.pdf.save(form.root)
  return withUpdate(file, form.root, new Map([[id, change(form.pdf.bodies.get(id) ?? '')]]))
}

/** Forms in files of different structures. */
export const fileForms: readonly ForeignForm[] = [
  {
    kind: 'objects in compressed streams',
    make: () => {
      const { pdf, root } = twoBoxes()
      return pdf.saveCompressed(root)
    },
    map: both,
    says: said,
  },
  {
    kind: 'a later revision that moves a box',
    make: () => updated(twoBoxes(), 'Member', (body) => body.replace(below, '40 500 300 516')),
    map: both,
    says: said,
  },
  {
    kind: 'a later revision that empties a box',
    make: () => {
      const form = rawForm([
        textNode('Name', above, '/F 4 /V (Bob Other)'),
        textNode('Member', below),
      ])
      return updated(form, 'Name', (body) => body.replace('/V (Bob Other)', ''))
    },
    map: both,
    says: said,
  },
  {
    kind: 'labels of pages, bookmarks and a first view',
    make: () => {
      const form = rawForm([textNode('Name', above), { ...textNode('Member', below), page: 2 }], {
        pages: ['/MediaBox [0 0 612 792]', '/MediaBox [0 0 612 792]'],
        catalog:
          '/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /P (A-) >>] >> /PageMode /UseOutlines /OpenAction [PAGE /Fit]',
      })
      const body = form.pdf.bodies.get(form.root) ?? ''
      form.pdf.set(form.root, body.replace('PAGE', `${form.pages[1]} 0 R`))
      return form.pdf.save(form.root)
    },
    map: both,
    says: said,
  },
  {
    kind: 'bytes before and after',
    make: () => {
      const { pdf, root } = twoBoxes()
      const body = pdf.save(root)
      return Buffer.concat([
        Buffer.from('HTTP/1.1 200 OK\r\n\r\n'),
        body,
        Buffer.from('\n\n<!-- -->'),
      ])
    },
    map: both,
    says: said,
  },
  {
    kind: 'a cross-reference table with wrong offsets',
    make: () => {
      const { pdf, root } = twoBoxes()
      const text = pdf.save(root).toString('latin1')
      return Buffer.from(text.replaceAll(/^(\d{10}) 00000 n/gm, '0000000007 00000 n'), 'latin1')
    },
    map: both,
    says: said,
  },
  {
    kind: 'encrypted with an empty password, by 40 bits',
    make: () => encryptedForm(40),
    map: both,
    says: said,
  },
  {
    kind: 'encrypted with an empty password, by 128 bits',
    make: () => encryptedForm(128),
    map: both,
    says: said,
  },
  {
    kind: 'written by another library, with compressed streams',
    make: async () => {
      const document = await PDFDocument.load(twoBoxes().pdf.save(twoBoxes().root))
      return document.save({ useObjectStreams: true })
    },
    map: both,
    says: said,
  },
]

/** Forms with values that are difficult to fill in. */
export const valueForms: readonly ForeignForm[] = [
  ...(['李小龍', '김철수', 'สมชาย', 'Ann 李', 'محمد 12'] as const).map(
    (patient): ForeignForm => ({
      kind: `a patient called ${patient}`,
      make: () => savedForm([textNode('Name', above), textNode('Member', below)]),
      map: { Name: 'patient.name*', Member: 'coverage.memberId' },
      order: { values: { 'patient.name': patient, 'coverage.memberId': memberId } },
      says: { Name: '', Member: memberId },
      notices: [/^Patient name was left blank: it has characters that the form cannot print/],
    }),
  ),
  ...(['محمد علي', 'דוד לוי', 'Zoë Đặng-Müller', 'Αλέξης Παπάς', 'Иван Петров'] as const).map(
    (patient): ForeignForm => ({
      kind: `a patient called ${patient}`,
      make: () => savedForm([textNode('Name', above), textNode('Member', below)]),
      map: both,
      order: { values: { 'patient.name': patient, 'coverage.memberId': memberId } },
      says: { Name: patient, Member: memberId },
    }),
  ),
  {
    kind: 'a patient with a name of 300 characters',
    make: () => savedForm([textNode('Name', above), textNode('Member', below)]),
    map: { Name: 'patient.name*', Member: 'coverage.memberId' },
    order: {
      values: { 'patient.name': 'Maximiliana '.repeat(25).trim(), 'coverage.memberId': memberId },
    },
    says: { Name: 'see page 2, A-1', Member: memberId },
    continues: ['Maximiliana Maximiliana'],
    notices: [/^Patient name does not fit its box: the form refers to page 2, A-1/],
  },
  {
    kind: 'more services and diagnoses than rows',
    make: () => savedForm([textNode('Code', above), textNode('Dx', below)]),
    map: { Code: 'service[1].code', Dx: 'diagnosis[1].code' },
    order: {
      services: ['72148', '72110', '97110'].map((code) => ({ code })),
      diagnoses: ['M54.16', 'M51.26'].map((code) => ({ code })),
    },
    says: { Code: '72148', Dx: 'M54.16' },
    continues: ['72110', '97110', 'M51.26'],
    notices: [/^further services: 2 on the addendum/, /^further diagnoses: 1 on the addendum/],
  },
]

export const refusedForms: readonly RefusedForm[] = [
  {
    kind: 'XFA beside boxes',
    make: () => savedForm([textNode('Name', above)], { acroForm: '/XFA [(x) 1 0 R]' }),
    because: /XFA form.*Ask the payer.*AcroForm/,
  },
  {
    kind: 'no boxes',
    make: () => savedForm([]),
    because: /no form fields.*Ask the payer/,
  },
  {
    kind: 'a value that was left in it',
    make: () => savedForm([textNode('Name', above, '/F 4 /V (Bob Other)')]),
    map: { Name: 'patient.name' },
    because: /field "Name": the blank form is already filled there/,
  },
  {
    kind: 'an inherited value',
    make: () =>
      savedForm([
        {
          entries: '/T (Group) /FT /Tx /V (Bob Other)',
          kids: [{ entries: `/T (Name) /Rect [${above}] /F 4` }],
        },
      ]),
    map: { 'Group.Name': 'patient.name' },
    because: /field "Group.Name": the blank form is already filled there/,
  },
  {
    kind: 'a box for a secret',
    make: () => savedForm([textNode('Name', above, '/F 4 /Ff 8192')]),
    map: { Name: 'patient.name' },
    because: /password/,
  },
  {
    kind: 'a role for a field without a widget',
    make: () => savedForm([textNode('Member', below), { entries: '/T (Name) /FT /Tx', page: 0 }]),
    map: { Name: 'patient.name' },
    because: /is on no page/,
  },
]
