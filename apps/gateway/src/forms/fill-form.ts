import { createHash } from 'node:crypto'
import { PDFDocument, PDFName } from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { Filling } from './filling.ts'
import type { FilledForm } from './form-filler.ts'
import type { FormTemplate } from './map/form-template.ts'
import { normalizeFields } from './map/normalize-fields.ts'
import { embedFont, measureOnce } from './paper/font.ts'
import { writeMark } from './paper/form-mark.ts'
import { applyRules } from './printed-rules.ts'
import { bindSubject, checkReadBack, openOptions } from './read-back.ts'
import { removeActiveContent } from './remove-active-content.ts'
import { subjectHash } from './subject-hash.ts'

/** Fixed creation date, so that the same content gives the same bytes. */
const epoch = new Date(0)

/**
 * Fills a form. Every value is measured against its box. Text that does not fit goes to a numbered addendum. Values that the chart does
 * not have stay blank.
 *
 * @throws {ReadBackFault} the finished PDF does not match the chart
 */
export async function fillForm(
  content: FormContent,
  blankTemplate: FormTemplate,
): Promise<FilledForm> {
  const document = await PDFDocument.load(blankTemplate.pdf, openOptions)
  normalizeFields(document, new Set(blankTemplate.fields.map(({ name }) => name)))
  removeActiveContent(document)
  const font = await embedFont(document)
  const ruled = applyRules(content, blankTemplate)
  const template = { ...blankTemplate, fields: ruled.fields }
  const filling = new Filling(document, font, template)
  filling.fill(ruled.content)
  const { report } = filling
  writeMark(document, { kind: 'draft' }, font, measureOnce(font))

  // Screen readers say the title, and need the language to pronounce the rest.
  document.setTitle(template.title, { showInWindowTitleBar: true })
  if (!document.catalog.has(PDFName.of('Lang'))) document.setLanguage('en-US')
  document.setProducer('AuthScript Gateway')
  document.setCreator('AuthScript Gateway')
  document.setCreationDate(epoch)
  document.setModificationDate(epoch)
  bindSubject(document, content.subject)
  const pdf = await document.save({
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  })
  await checkReadBack(pdf, template, { subject: content.subject, ...filling.expected })
  return {
    pdf,
    template: template.name,
    pages: document.getPageCount(),
    continuedRoles: report.continued,
    unrenderableRoles: report.unrenderable,
    missingLabels: [...new Set([...report.missingLabels, ...ruled.missingLabels])],
    unplacedLabels: [...new Set(report.unplacedLabels)],
    missingFields: [...new Set([...report.missingFields, ...ruled.missingFields])],
    notices: [...ruled.notices, ...report.notices],
    hasSignatureBox: template.signing.some(({ part }) => part === 'signature'),
    subjectSha256: subjectHash(content.subject),
    sha256: createHash('sha256').update(pdf).digest('hex'),
  }
}
