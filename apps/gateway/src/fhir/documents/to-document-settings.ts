import type { GatewayConfig } from '../../config.ts'
import type { EhrProfile } from '../profiles/ehr-profile.ts'
import type {
  AthenaDocumentClass,
  AthenaDocumentSettings,
  DocumentConcept,
  DocumentContent,
  DocumentSettings,
} from './document-settings.ts'

type EhrSection = GatewayConfig['Ehr']

/**
 * The default metadata, if neither profile nor configuration override it. LOINC has no code for a prior authorization request;
 * 51851-4 is its class, and one of FHIR's preferred document types. US Core requires a category and defines only this one.
 *
 * @see https://hl7.org/fhir/R4/valueset-c80-doc-typecodes.html
 * @see https://hl7.org/fhir/us/core/StructureDefinition-us-core-documentreference.html
 */
const defaults: DocumentContent = {
  title: 'Prior authorization request',
  type: {
    system: 'http://loinc.org',
    code: '51851-4',
    display: 'Administrative note',
    text: 'Prior authorization request',
  },
  categories: [
    {
      system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category',
      code: 'clinical-note',
      display: 'Clinical Note',
    },
  ],
  needsPeriod: false,
}

/** @see docs/decisions/0024-documents.md for the reasons */
const defaultSubclass: Readonly<Record<AthenaDocumentClass, string>> = {
  admin: 'ADMIN_SIGNEDFORMSLETTERS',
  documents: 'ADMIN_SIGNEDFORMSLETTERS',
  clinicaldocument: 'CLINICALDOCUMENT',
}

export function toDocumentSettings(ehr: EhrSection, { documents }: EhrProfile): DocumentSettings {
  const { Documents: section } = ehr
  return {
    writer: section.Writer === 'profile' ? documents.writer : section.Writer,
    content: contentOf(section, { ...defaults, ...documents.content }),
    ...(documents.searchableByIdentifier === undefined
      ? {}
      : { searchableByIdentifier: documents.searchableByIdentifier }),
    athena: athenaOf(ehr),
  }
}

function contentOf(section: EhrSection['Documents'], base: DocumentContent): DocumentContent {
  const { Title, Type, TypeText, Category, DocStatus, Format, Author, Custodian } = section
  const text = TypeText ?? base.type.text ?? defaults.title
  return {
    ...base,
    ...(Title === undefined ? {} : { title: Title }),
    type: {
      ...(Type === undefined ? base.type : Type === 'none' ? {} : tokenOf(Type)),
      text,
    },
    ...(Category === undefined
      ? {}
      : { categories: Category.filter((one) => one !== 'none').map(tokenOf) }),
    ...(DocStatus === undefined ? {} : { docStatus: DocStatus }),
    ...(Format === undefined ? {} : { format: tokenOf(Format) }),
    ...(Author === undefined ? {} : { author: Author }),
    ...(Custodian === undefined ? {} : { custodian: Custodian }),
  }
}

function athenaOf({ Documents: section, FhirBaseUrl }: EhrSection): AthenaDocumentSettings {
  return {
    baseUrl: withSlash(section.V1BaseUrl ?? v1BaseUrlOf(FhirBaseUrl)),
    documentClass: section.Class,
    subclass: section.Subclass ?? defaultSubclass[section.Class],
    autoClose: section.AutoClose,
    ...(section.Priority === undefined ? {} : { priority: section.Priority }),
    ...(section.DepartmentId === undefined ? {} : { departmentId: section.DepartmentId }),
  }
}

/** For `https://api.platform.athenahealth.com/fhir/r4/` it is `https://api.platform.athenahealth.com/v1/`. */
export function v1BaseUrlOf(fhirBaseUrl: string): string {
  const url = new URL(fhirBaseUrl)
  const prefix = url.pathname.replace(/\/*$/, '').replace(/\/fhir\/r4$/i, '')
  return `${url.origin}${prefix}/v1/`
}

const withSlash = (url: string) => (url.endsWith('/') ? url : `${url}/`)

/** `system|code`, or only a code. */
function tokenOf(token: string): DocumentConcept {
  const at = token.lastIndexOf('|')
  return at < 0 ? { code: token } : { system: token.slice(0, at), code: token.slice(at + 1) }
}
