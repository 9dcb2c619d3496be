export { analyze, UnknownOrderError } from './analyze.ts'
export { toFormContent } from './form/form-fields.ts'
export type { Criterion, NoteRule, Pathway, Policy, Rule, StructuredRule } from './policy/policy.ts'
export { findPolicy, policies } from './policy/registry.ts'
