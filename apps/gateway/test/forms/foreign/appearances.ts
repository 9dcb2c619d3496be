import { type ForeignForm, memberId, name } from './foreign-form.ts'
import { drawing, rawForm, savedForm, textNode } from './raw-form.ts'

const above = '40 700 300 716'
const below = '40 660 300 676'
const both = { Name: 'patient.name', Member: 'coverage.memberId' }
const said = { Name: name, Member: memberId }
const twoBoxes = [textNode('Name', above), textNode('Member', below)]
const narrative = /Sample narrative\. Low back pain.*No fever, no cancer, no injury\.$/s

/** Forms whose boxes are unusual in position or appearance. */
export const appearanceForms: readonly ForeignForm[] = [
  {
    kind: 'no drawing, no flags, no appearance of its own',
    make: () => savedForm([textNode('Name', above, ''), textNode('Member', below, '')]),
    map: both,
    says: said,
  },
  {
    kind: 'a default appearance with a font that no resource has',
    make: () =>
      savedForm(
        [
          textNode('Name', above, '/F 4 /DA (/ArialNarrow 10 Tf 0.2 g)'),
          textNode('Member', below, '/F 4 /DA (/F1 0 Tf)'),
        ],
        { fonts: '', acroForm: '' },
      ),
    map: both,
    says: said,
  },
  {
    kind: 'an invalid default appearance, and none at all',
    make: () =>
      savedForm([textNode('Name', above, '/F 4 /DA (0 g /Helv)'), textNode('Member', below)], {
        fonts: '',
        acroForm: '',
      }),
    map: both,
    says: said,
  },
  {
    kind: 'corners exchanged, and broken numbers',
    make: () =>
      savedForm([
        textNode('Name', '300.5 716.25 40.125 700'),
        textNode('Member', '40 676.0001 300 659.9999'),
      ]),
    map: both,
    says: said,
  },
  ...([90, 180, 270] as const).map(
    (turn): ForeignForm => ({
      kind: `a page turned by ${turn} degrees, with boxes turned with it`,
      make: () => {
        const upright = turn === 180 ? above : '300 100 316 400'
        const second = turn === 180 ? below : '340 100 356 400'
        return savedForm(
          [
            textNode('Name', upright, `/F 4 /MK << /R ${turn} >>`),
            textNode('Member', second, `/F 4 /MK << /R ${turn} >>`),
          ],
          { pages: [`/MediaBox [0 0 612 792] /Rotate ${turn}`] },
        )
      },
      map: both,
      says: said,
    }),
  ),
  {
    kind: 'a page turned by 90 degrees, with boxes that are not',
    make: () => savedForm(twoBoxes, { pages: ['/MediaBox [0 0 612 792] /Rotate 90'] }),
    map: both,
    says: said,
  },
  {
    kind: 'a cut page whose corner is not at zero',
    make: () =>
      savedForm([textNode('Name', '140 700 400 716'), textNode('Member', '140 660 400 676')], {
        pages: ['/MediaBox [-50 -40 712 892] /CropBox [100 60 660 800]'],
      }),
    map: both,
    says: said,
  },
  {
    kind: 'inherited size, rotation and resources of pages',
    make: () =>
      savedForm([textNode('Name', '300 100 316 400', '/F 4 /MK << /R 90 >>')], {
        pages: [''],
        allPages: '/MediaBox [0 0 612 792] /Rotate 90',
      }),
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
  {
    kind: 'a page in another unit',
    make: () => savedForm(twoBoxes, { pages: ['/MediaBox [0 0 612 792] /UserUnit 2'] }),
    map: both,
    says: said,
  },
  {
    kind: 'several lines, for which there is space',
    make: () => savedForm([textNode('Why', '40 500 500 640', '/F 4 /Ff 4096')]),
    map: { Why: 'clinical.narrative' },
    says: { Why: narrative },
  },
  {
    kind: 'several lines, for which there is none',
    make: () => savedForm([textNode('Why', '40 600 300 640', '/F 4 /Ff 4096')]),
    map: { Why: 'clinical.narrative' },
    says: { Why: /continued on page 2|see page 2/ },
    continues: ['Physical therapy for six weeks'],
  },
  {
    kind: 'several lines in a box as low as one',
    make: () => savedForm([textNode('Why', '40 600 300 614', '/F 4 /Ff 4096')]),
    map: { Why: 'clinical.narrative' },
    says: { Why: /page 2/ },
    continues: ['Low back pain for eight weeks'],
  },
  {
    kind: 'a box that is too small for its value',
    make: () => savedForm([textNode('Name', '40 700 90 712'), textNode('Member', below)]),
    map: both,
    says: { Name: /^see/, Member: memberId },
    continues: [name],
  },
  {
    kind: 'a box that is too small for anything',
    make: () => savedForm([textNode('Name', '40 700 48 705'), textNode('Member', below)]),
    map: both,
    says: { Name: '', Member: memberId },
    continues: [name],
    notices: [/^Patient name does not fit its box, and the box has no space for a reference/],
  },
  {
    kind: 'text aligned right and centered, with borders and backgrounds',
    make: () =>
      savedForm([
        textNode(
          'Name',
          above,
          '/F 4 /Q 2 /MK << /BC [0 0 0] /BG [0.9 0.9 0.9] >> /BS << /W 2 /S /B >>',
        ),
        textNode('Member', below, '/F 4 /Q 1 /MK << /BC [0.5] >> /BS << /W 1 /S /D /D [3] >>'),
      ]),
    map: both,
    says: said,
    // Backgrounds and borders are as dark as letters there.
    notMeasured: ['Name', 'Member'],
  },
  {
    kind: 'a drawing that is left from before, without a value',
    make: () => {
      const form = rawForm([
        { entries: `/FT /Tx /T (Name) /Rect [${above}] /F 4 /AP << /N 90 0 R >>` },
      ])
      const empty = drawing(form.pdf, '/Tx BMC EMC', 260)
      const id = form.ids.get('Name') ?? 0
      form.pdf.set(id, (form.pdf.bodies.get(id) ?? '').replace('90 0 R', `${empty} 0 R`))
      return form.pdf.save(form.root)
    },
    map: { Name: 'patient.name' },
    says: { Name: name },
  },
]
