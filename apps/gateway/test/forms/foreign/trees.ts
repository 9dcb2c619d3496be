import { type ForeignForm, memberId, name } from './foreign-form.ts'
import { rawForm, savedForm, textNode } from './raw-form.ts'
import { utf16 } from './raw-pdf.ts'

const above = '40 700 300 716'
const below = '40 660 300 676'

/** How fields are named, nested and inherited. */
export const treeForms: readonly ForeignForm[] = [
  {
    kind: 'names of four parts',
    make: () =>
      savedForm([
        {
          entries: '/T (form1[0])',
          kids: [
            {
              entries: '/T (#subform[0])',
              kids: [
                {
                  entries: '/T (Patient)',
                  kids: [textNode('Name[0]', above), textNode('Member[0]', below)],
                },
              ],
            },
          ],
        },
      ]),
    map: {
      'form1[0].#subform[0].Patient.Name[0]': 'patient.name',
      'form1[0].#subform[0].Patient.Member[0]': 'coverage.memberId',
    },
    says: {
      'form1[0].#subform[0].Patient.Name[0]': name,
      'form1[0].#subform[0].Patient.Member[0]': memberId,
    },
  },
  {
    kind: 'type, appearance and limit inherited from the parent',
    make: () =>
      savedForm([
        {
          entries: '/T (Group) /FT /Tx /DA (/Helv 8 Tf 0 0 1 rg) /MaxLen 40 /Q 2',
          kids: [
            { entries: `/T (Name) /Rect [${above}] /F 4` },
            { entries: `/T (Member) /Rect [${below}] /F 4` },
          ],
        },
      ]),
    map: { 'Group.Name': 'patient.name', 'Group.Member': 'coverage.memberId' },
    says: { 'Group.Name': name, 'Group.Member': memberId },
  },
  {
    kind: 'an inherited limit that the value exceeds',
    make: () =>
      savedForm([
        {
          entries: '/T (Group) /FT /Tx /MaxLen 17',
          kids: [{ entries: `/T (Name) /Rect [${above}] /F 4` }],
        },
      ]),
    map: { 'Group.Name': 'patient.name' },
    says: { 'Group.Name': /^see page 2, A-\d$/ },
    continues: [name],
  },
  {
    kind: 'one field with three widgets on two pages',
    make: () =>
      savedForm(
        [
          {
            entries: '/T (Name) /FT /Tx',
            kids: [
              { entries: `/Rect [${above}] /F 4` },
              { entries: `/Rect [${below}] /F 4` },
              { entries: `/Rect [${above}] /F 4`, page: 2 },
            ],
          },
        ],
        { pages: ['/MediaBox [0 0 612 792]', '/MediaBox [0 0 612 792]'] },
      ),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'a field without any widget beside others',
    make: () =>
      savedForm([
        textNode('Name', above),
        { entries: '/T (Ghost) /FT /Tx /V ()', page: 0 },
        { entries: '/T (Empty) /FT /Tx', kids: [] },
      ]),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'names in other scripts, and with spaces and signs',
    make: () => {
      const form = rawForm([
        { entries: `/FT /Tx /T ${utf16('患者氏名 / اسم')} /Rect [${above}] /F 4` },
        textNode('Member # (ID/No.) \\(x\\)', below),
      ])
      return form.pdf.save(form.root)
    },
    map: { '患者氏名 / اسم': 'patient.name', 'Member # (ID/No.) (x)': 'coverage.memberId' },
    says: { '患者氏名 / اسم': name, 'Member # (ID/No.) (x)': memberId },
  },
  {
    kind: 'a name of 300 characters',
    make: () => savedForm([textNode('n'.repeat(300), above)]),
    map: { ['n'.repeat(300)]: 'patient.name' },
    says: { ['n'.repeat(300)]: name },
  },
  {
    kind: 'boxes that the list of fields does not have',
    make: () =>
      savedForm([textNode('Listed', above), { ...textNode('Orphan', below), isOrphan: true }]),
    map: { Listed: 'patient.name', Orphan: 'coverage.memberId' },
    says: { Listed: name, Orphan: memberId },
  },
  {
    kind: 'no box in the list of fields at all',
    make: () => savedForm([{ ...textNode('Orphan', above), isOrphan: true }]),
    map: { Orphan: 'patient.name' },
    says: { Orphan: name },
  },
  {
    kind: 'two fields of one name',
    make: () => savedForm([textNode('Name', above), textNode('Name', below)]),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'an inherited value that is empty',
    make: () =>
      savedForm([
        {
          entries: '/T (Group) /FT /Tx /V ()',
          kids: [{ entries: `/T (Name) /Rect [${above}] /F 4` }],
        },
      ]),
    map: { 'Group.Name': 'patient.name' },
    says: { 'Group.Name': name },
  },
  {
    kind: 'printed texts of the payer in fields of its own',
    make: () =>
      savedForm([
        textNode('Plan', above, '/F 4 /V (Prairie Health)'),
        textNode('Name', below),
        textNode('Version', '40 20 200 34', '/F 4 /Ff 1 /V (Form 12-B)'),
      ]),
    map: { Name: 'patient.name' },
    keptAsPrinted: ['Plan'],
    says: { Name: name, Plan: 'Prairie Health', Version: 'Form 12-B' },
    notMeasured: ['Plan', 'Version'],
  },
]
