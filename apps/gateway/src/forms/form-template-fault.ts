/** The template does not match the PDF: an error of the template, not of the chart. */
export class FormTemplateFault extends Error {
  override readonly name = 'FormTemplateFault'
}
