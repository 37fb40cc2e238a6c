/*
| The source-plugin contract: the only module a plugin imports from LAIM.
| Types, the error class and two tiny functions; no database, no HTTP, no container.
| Node strips the types by itself, so only erasable syntax is used in this package.
*/
export { CONTRACT_VERSION } from './manifest.ts'
export type { ClaimField, DiscoverMode, IdentifierKind, SourceCapabilities, SourceManifest } from './manifest.ts'
export type { JsonObject, JsonValue } from './json.ts'
export type { SourceConfigDefinition } from './config.ts'
export type { ClassificationHint, Claims, Identifier, Observation, RejectedRecord } from './observation.ts'
export type { Checkpoint, Completion, DiscoverRequest, ObservationPage } from './discovery.ts'
export type { CheckReport, CheckStep } from './check.ts'
export type { Clock, Normalizers, SourceContext, SourceLogger } from './context.ts'
export type { HttpAuth, HttpClient, HttpRequest, HttpResponse } from './http.ts'
export { SourceError } from './errors.ts'
export type { SourceErrorData, SourceErrorKind } from './errors.ts'
export { defineSource } from './plugin.ts'
export type { AnySourcePlugin, SourcePlugin } from './plugin.ts'
export type { ValidationFault, Validator } from './validator.ts'
export type { RunningSimulator, SimulatorOptions, SourceSimulator } from './simulator.ts'
export type { RegistrationOptions, SimulatorFactory, SourcePluginFactory, SourceRegistry } from './registry.ts'
