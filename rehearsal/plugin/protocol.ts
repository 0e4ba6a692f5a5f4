/**
 * The part of Terraform's plugin protocol 6 that the rehearsal speaks: the messages and fields that it reads or writes.
 * Names and numbers are those of https://github.com/hashicorp/terraform/tree/main/docs/plugin-protocol
 */
export const PROTOCOL = `
syntax = "proto3";

package tfplugin6;

service Provider {
  rpc GetProviderSchema(Empty) returns (ProviderSchema);
  rpc GetFunctions(Empty) returns (Functions);
  rpc StopProvider(Empty) returns (Stopped);

  rpc ValidateProviderConfig(ConfigRequest) returns (ProviderValidation);
  rpc ConfigureProvider(ConfigureRequest) returns (Outcome);
  rpc ValidateResourceConfig(TypedConfig) returns (Outcome);
  rpc ValidateDataResourceConfig(TypedConfig) returns (Outcome);
  rpc ValidateEphemeralResourceConfig(TypedConfig) returns (Outcome);

  rpc UpgradeResourceState(StoredState) returns (StateResponse);
  rpc ReadResource(CurrentState) returns (StateResponse);
  rpc PlanResourceChange(PlanRequest) returns (Plan);
  rpc ApplyResourceChange(ApplyRequest) returns (Applied);
  rpc ImportResourceState(ImportRequest) returns (Imported);
  rpc MoveResourceState(MoveRequest) returns (StateResponse);
  rpc ReadDataSource(TypedConfig) returns (StateResponse);

  rpc OpenEphemeralResource(TypedConfig) returns (Opened);
  rpc RenewEphemeralResource(EphemeralRequest) returns (Outcome);
  rpc CloseEphemeralResource(EphemeralRequest) returns (Outcome);
}

message Empty {}

message DynamicValue {
  bytes msgpack = 1;
}

message RawState {
  bytes json = 1;
}

message Diagnostic {
  enum Severity {
    INVALID = 0;
    ERROR = 1;
    WARNING = 2;
  }
  Severity severity = 1;
  string summary = 2;
  string detail = 3;
}

message AttributePath {
  message Step {
    oneof selector {
      string attribute_name = 1;
      int64 element_key_int = 3;
    }
  }
  repeated Step steps = 1;
}

message Attribute {
  string name = 1;
  bytes type = 2;
  bool required = 4;
  bool optional = 5;
  bool computed = 6;
  bool sensitive = 7;
  bool write_only = 11;
}

message NestedBlock {
  enum NestingMode {
    INVALID = 0;
    SINGLE = 1;
    LIST = 2;
    SET = 3;
  }
  string type_name = 1;
  Block block = 2;
  NestingMode nesting = 3;
  int64 min_items = 4;
  int64 max_items = 5;
}

message Block {
  repeated Attribute attributes = 2;
  repeated NestedBlock block_types = 3;
}

message Schema {
  Block block = 2;
}

message ServerCapabilities {
  bool move_resource_state = 3;
}

message ProviderSchema {
  Schema provider = 1;
  map<string, Schema> resource_schemas = 2;
  map<string, Schema> data_source_schemas = 3;
  repeated Diagnostic diagnostics = 4;
  ServerCapabilities server_capabilities = 6;
  map<string, Schema> ephemeral_resource_schemas = 8;
}

message Functions {
  repeated Diagnostic diagnostics = 2;
}

message Stopped {
  string Error = 1;
}

message ConfigRequest {
  DynamicValue config = 1;
}

message ConfigureRequest {
  DynamicValue config = 2;
}

message ProviderValidation {
  repeated Diagnostic diagnostics = 2;
}

message TypedConfig {
  string type_name = 1;
  DynamicValue config = 2;
}

message EphemeralRequest {
  string type_name = 1;
}

message Outcome {
  repeated Diagnostic diagnostics = 1;
}

message StoredState {
  string type_name = 1;
  RawState raw_state = 3;
}

message CurrentState {
  string type_name = 1;
  DynamicValue current_state = 2;
}

// The responses of UpgradeResourceState, ReadResource, MoveResourceState and ReadDataSource, which agree on the wire.
message StateResponse {
  DynamicValue state = 1;
  repeated Diagnostic diagnostics = 2;
}

message PlanRequest {
  string type_name = 1;
  DynamicValue prior_state = 2;
  DynamicValue config = 4;
}

message Plan {
  DynamicValue planned_state = 1;
  repeated AttributePath requires_replace = 2;
  repeated Diagnostic diagnostics = 4;
  bool legacy_type_system = 5;
}

message ApplyRequest {
  string type_name = 1;
  DynamicValue prior_state = 2;
  DynamicValue planned_state = 3;
  DynamicValue config = 4;
}

message Applied {
  DynamicValue new_state = 1;
  repeated Diagnostic diagnostics = 3;
  bool legacy_type_system = 4;
}

message ImportRequest {
  string type_name = 1;
  string id = 2;
}

message ImportedResource {
  string type_name = 1;
  DynamicValue state = 2;
}

message Imported {
  repeated ImportedResource imported_resources = 1;
  repeated Diagnostic diagnostics = 2;
}

message MoveRequest {
  string source_type_name = 2;
  RawState source_state = 4;
  string target_type_name = 5;
}

message Opened {
  repeated Diagnostic diagnostics = 1;
  DynamicValue result = 3;
}
`;
