/** Operations that answer with something other than JSON, by the type of it. */
export const answerFiles: Readonly<Record<string, readonly string[]>> = {
  getWorkItemForm: ['application/pdf'],
  getDocument: ['application/pdf'],
  getFax: ['application/pdf'],
  getAttachment: ['application/pdf'],
  getBlankForm: ['application/pdf'],
  testPayerForm: ['application/pdf'],
  getSignatureImage: ['image/png', 'image/jpeg'],
  exportWorkQueue: ['text/csv'],
  exportAuditCsv: ['text/csv'],
  exportAuditEvents: ['application/fhir+ndjson'],
  getMetrics: ['text/plain'],
  // Pages for people: they answer a browser with what went wrong.
  launchFromEhr: ['text/html'],
  launchStandalone: ['text/html'],
  finishLaunch: ['text/html'],
}

/** Operations that lead a browser elsewhere and answer with nothing. */
export const redirects: ReadonlySet<string> = new Set(['startOidc', 'finishOidc', 'endOidc'])

/** Operations whose answer has the version of what it shows as `ETag`. */
export const versionedAnswers: ReadonlySet<string> = new Set(['getWorkItem', 'getPayerForm'])
