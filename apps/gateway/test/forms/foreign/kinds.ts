import { type ForeignForm, memberId, name } from './foreign-form.ts'
import { drawing, rawForm, type RawNode, savedForm, textNode } from './raw-form.ts'
import { utf16 } from './raw-pdf.ts'

const above = '40 700 300 716'
const cross = '1 1 m 11 11 l 11 1 m 1 11 l S'

/** Buttons or boxes of one name, each with a state. */
function boxes(
  entries: string,
  states: readonly string[],
  { offDrawn = true, drawn = true }: { offDrawn?: boolean; drawn?: boolean } = {},
): Buffer {
  const kids = states.map(
    (state, index): RawNode => ({
      entries: `/Rect [${40 + index * 40} 700 ${52 + index * 40} 712] /F 4 /AS /Off /MK << /CA (8) >> AP(${state})`,
    }),
  )
  const form = rawForm([{ entries: `/FT /Btn /T (Box) ${entries}`, kids }])
  const on = drawing(form.pdf, cross)
  const off = drawing(form.pdf, '')
  for (const [id, body] of form.pdf.bodies) {
    const state = /AP\(([^)]*)\)/.exec(body)?.[1]
    if (state === undefined) continue
    const offEntry = offDrawn ? `/Off ${off} 0 R` : ''
    const appearance = drawn ? `/AP << /N << /${state} ${on} 0 R ${offEntry} >> >>` : ''
    form.pdf.set(id, body.replace(/AP\([^)]*\)/, appearance))
  }
  return form.pdf.save(form.root)
}

const oneBox = (more: string, appearance = '') =>
  savedForm([{ entries: `/FT /Btn /T (Box) /Rect [40 700 52 712] /F 4 ${more} ${appearance}` }])

/** Boxes to tick, lists, combs and fields of rare kinds. */
export const kindForms: readonly ForeignForm[] = [
  {
    kind: 'radio buttons whose exported values are numbers',
    make: () => boxes('/Ff 49152', ['0', '1', '2']),
    map: [{ name: 'Box', role: 'patient.gender', options: { male: '0', female: '1' } }],
    says: { Box: '1' },
    ticked: [1],
  },
  {
    kind: 'radio buttons with words elsewhere than their states',
    make: () => boxes('/Ff 49152 /Opt [(Male) (Female)]', ['0', '1']),
    map: { Box: 'patient.gender' },
    says: { Box: 'Female' },
    ticked: [1],
  },
  {
    kind: 'radio buttons with states in other letters',
    make: () => boxes('/Ff 49152', ['Non-Urgent#20#28Standard#29', 'Expedited']),
    map: [{ name: 'Box', role: 'review', options: { standard: 'Non-Urgent (Standard)' } }],
    says: { Box: 'Non-Urgent (Standard)' },
    ticked: [0],
  },
  {
    kind: 'check boxes of one name with three states',
    make: () => boxes('', ['Inpatient', 'Outpatient', 'Office']),
    map: { Box: 'setting' },
    says: { Box: 'Outpatient' },
    ticked: [1],
  },
  {
    kind: 'check boxes of one name that are ticked together',
    make: () => boxes('', ['On', 'On']),
    map: { Box: 'review.standard' },
    says: { Box: 'On' },
    ticked: [0, 1],
  },
  {
    kind: 'yes and no as check boxes, without drawings of being empty',
    make: () => boxes('', ['Yes', 'No'], { offDrawn: false }),
    map: { Box: 'review.standard' },
    says: { Box: 'Yes' },
    ticked: [0],
  },
  {
    kind: 'a check box without any drawing',
    make: () => oneBox('/MK << /CA (4) >>'),
    map: { Box: 'review.standard' },
    says: { Box: /^(?:Yes|On)$/ },
  },
  {
    kind: 'a check box that stays empty',
    make: () => boxes('', ['1']),
    map: { Box: 'review.urgent' },
    says: { Box: '' },
  },
  {
    kind: 'a list whose exported values are codes',
    make: () =>
      savedForm([
        {
          entries: `/FT /Ch /Ff 131072 /T (Box) /Rect [${above}] /F 4 /Opt [[(I) (Inpatient)] [(O) (Outpatient)]]`,
        },
      ]),
    map: { Box: 'setting' },
    says: { Box: 'O' },
  },
  {
    kind: 'a list into which people may also write',
    make: () =>
      savedForm([
        {
          entries: `/FT /Ch /Ff 393216 /T (Box) /Rect [${above}] /F 4 /Opt [(Dr. One) (Dr. Two)]`,
        },
      ]),
    map: { Box: 'requester.name' },
    says: { Box: 'Dr. Casey Sample' },
  },
  {
    kind: 'a list that does not have the value',
    make: () =>
      savedForm([
        { entries: `/FT /Ch /Ff 131072 /T (Box) /Rect [${above}] /F 4 /Opt [(AZ) (NM)]` },
      ]),
    map: { Box: 'patient.state' },
    says: { Box: '' },
    notices: [/^Patient state was left blank: the form's list does not have the chart's value/],
  },
  {
    kind: 'a list that shows several rows',
    make: () =>
      savedForm([
        {
          entries: '/FT /Ch /T (Box) /Rect [40 640 200 700] /F 4 /Opt [(Inpatient) (Outpatient)]',
        },
      ]),
    map: { Box: 'setting' },
    says: { Box: 'Outpatient' },
    // The viewer marks a row with a background of its own.
    notMeasured: ['Box'],
  },
  {
    kind: 'a list with words in Unicode',
    make: () =>
      savedForm([
        {
          entries: `/FT /Ch /Ff 131072 /T (Box) /Rect [${above}] /F 4 /Opt [[(1) ${utf16('Stationär')}] [(2) ${utf16('Ambulant – Klinik')}]]`,
        },
      ]),
    map: [{ name: 'Box', role: 'setting', options: { outpatient: 'Ambulant – Klinik' } }],
    says: { Box: '2' },
  },
  {
    kind: 'combs with and without space for the whole value',
    make: () =>
      savedForm([
        textNode('NPI', '40 700 240 716', '/F 4 /Ff 16777216 /MaxLen 10'),
        textNode('Born', '40 660 240 676', '/F 4 /Ff 25165824 /MaxLen 8'),
        textNode('Member', '40 620 240 636', '/F 4 /Ff 16777216 /MaxLen 5'),
      ]),
    map: { NPI: 'requester.npi', Born: 'patient.birthDate', Member: 'coverage.memberId*' },
    says: { NPI: '1234567893', Born: '03141968', Member: '' },
    continues: [memberId],
    notices: [/^Coverage member id does not fit its box/],
  },
  {
    kind: 'text with styles, without any text',
    make: () =>
      savedForm([
        textNode(
          'Name',
          above,
          '/F 4 /Ff 33554432 /DS (font: Helvetica 10pt) /RV (<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p></p></body>)',
        ),
      ]),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'a field that nobody may change',
    make: () => savedForm([textNode('Name', above, '/F 4 /Ff 1')]),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'calculated fields',
    make: () => {
      const form = rawForm([
        textNode('Name', above, '/F 4 /AA << /K << /S /JavaScript /JS (event.value = "";) >> >>'),
        textNode(
          'Sum',
          '40 660 300 676',
          '/F 4 /AA << /C << /S /JavaScript /JS (event.value = 0;) >> >>',
        ),
      ])
      const body = form.pdf.bodies.get(form.acroForm) ?? ''
      form.pdf.set(form.acroForm, body.replace(/>>$/, `/CO [${form.ids.get('Sum')} 0 R] >>`))
      return form.pdf.save(form.root)
    },
    map: { Name: 'patient.name' },
    says: { Name: name, Sum: '' },
  },
  {
    kind: 'signatures beside the boxes',
    make: () =>
      savedForm(
        [
          textNode('Name', above),
          { entries: '/FT /Sig /T (Provider) /Rect [40 600 300 640] /F 4' },
          { entries: '/FT /Sig /T (Invisible) /Rect [0 0 0 0] /F 132' },
        ],
        { acroForm: '/DA (/Helv 0 Tf 0 g) /SigFlags 1' },
      ),
    map: { Name: 'patient.name', Provider: 'signature' },
    says: { Name: name, Provider: '' },
  },
]
