import { createHash } from 'node:crypto'
import { PDFDocument } from '@cantoo/pdf-lib'
import type { FormContent } from '@authscript/prior-auth'
import { Filling } from './filling.ts'
import type { FilledForm } from './form-filler.ts'
import type { FormTemplate } from './map/form-template.ts'
import { straighten } from './map/widget-places.ts'
import { embedFont } from './paper/font.ts'
import { applyRules } from './printed-rules.ts'
import { bindSubject, checkReadBack, openOptions } from './read-back.ts'
import { stillForm } from './still-form.ts'
import { subjectHash } from './subject-hash.ts'

/** No form has a date of its own making: the same content gives the same bytes. */
const epoch = new Date(0)

/**
 * Fills a form: every value measured against its box, what does not fit on a numbered addendum, what the chart lacks left blank.
 *
 * @throws {ReadBackFault} the finished PDF does not say what the chart says
 */
export async function fillForm(content: FormContent, template: FormTemplate): Promise<FilledForm> {
  const document = await PDFDocument.load(template.pdf, openOptions)
  straighten(document)
  stillForm(document)
  const font = await embedFont(document)
  const ruled = applyRules(content, template)
  const filling = new Filling(document, font, template)
  filling.fill(ruled.content)

  document.setTitle(template.title)
  document.setProducer('AuthScript Gateway')
  document.setCreator('AuthScript Gateway')
  document.setCreationDate(epoch)
  document.setModificationDate(epoch)
  bindSubject(document, content.subject)
  const pdf = await document.save({
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  })
  await checkReadBack(pdf, template, { subject: content.subject, ...filling.meant })
  return {
    pdf,
    template: template.name,
    pages: document.getPageCount(),
    continuedRoles: filling.continued,
    unrenderableRoles: filling.unrenderable,
    missingFields: [...new Set([...filling.missing, ...ruled.missing])],
    notices: [...ruled.notices, ...filling.notices],
    subjectSha256: subjectHash(content.subject),
    sha256: createHash('sha256').update(pdf).digest('hex'),
  }
}
