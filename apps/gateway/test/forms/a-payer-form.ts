import { PDFDocument } from '@cantoo/pdf-lib'

/** A payer's form that requires what the chart does not have. Its boxes are named after their roles, unless `nameOf` says otherwise. */
export async function drawPayerForm(
  nameOf: (role: string) => string = (role) => role,
): Promise<{ readonly pdf: Uint8Array; readonly map: object }> {
  const document = await PDFDocument.create()
  const page = document.addPage([612, 792])
  const form = document.getForm()
  page.drawText('Prairie Health Plan: prior authorization', { x: 36, y: 756, size: 14 })
  const criteria = Array.from({ length: 10 }, (_, index) => index + 1)
  const roles = [
    'patient.name*',
    'coverage.memberId',
    'facility.name*',
    'setting*',
    'service[1].code',
    'service[1].quantity*',
    ...criteria.flatMap((row) => [`criterion[${row}].question`, `criterion[${row}].answer`]),
    'signature.provider',
  ]
  for (const [index, role] of roles.entries()) {
    const y = 730 - index * 25
    page.drawText(role, { x: 36, y: y + 4, size: 8 })
    form
      .createTextField(nameOf(role.replace('*', '')))
      .addToPage(page, { x: 180, y, width: 390, height: 16, borderWidth: 1 })
  }
  return {
    pdf: await document.save(),
    map: {
      form: 'prairie',
      complete: true,
      fields: roles.map((role) => ({ name: nameOf(role.replace('*', '')), role })),
    },
  }
}

/** What a filled form says in a box. */
export async function textOfBox(pdf: ArrayBuffer, name: string): Promise<string | undefined> {
  return (await PDFDocument.load(pdf)).getForm().getTextField(name).getText()
}
