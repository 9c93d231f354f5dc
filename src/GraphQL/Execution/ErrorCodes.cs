namespace Platform.GraphQL.Execution;

/// <summary>
/// Every code a client may find in <c>extensions.code</c>. Names beginning with HC or AUTH are HotChocolate's, so that
/// clients written for it understand ours; the others are our own.
/// </summary>
public static class ErrorCodes
{
    // Requests
    public const string InvalidRequest = "HC0009";
    public const string NoDocument = "HC0013";
    public const string Syntax = "HC0014";
    public const string InvalidVariable = "HC0016";
    public const string OperationNotFound = "OPERATION_NOT_FOUND";
    public const string OperationNotAllowed = "OPERATION_NOT_ALLOWED";
    public const string DuplicateProperty = "DUPLICATE_PROPERTY";
    public const string Validation = "VALIDATION";
    public const string OneOfNoField = "HC0054";
    public const string OneOfManyFields = "HC0055";
    public const string OneOfNullField = "HC0056";
    public const string OneOfNullableVariable = "HC0057";

    // Execution
    public const string NonNullViolation = "HC0018";
    public const string UnexpectedError = "UNEXPECTED";
    public const string Timeout = "HC0045";
    public const string Cancelled = "HC0049";
    public const string Overloaded = "OVERLOADED";
    public const string ResponseTooLarge = "RESPONSE_TOO_LARGE";
    public const string Resync = "RESYNC";
    public const string CursorExpired = "CURSOR_EXPIRED";

    // Limits on documents and variables
    public const string SyntaxDepth = "SYNTAX_DEPTH";
    public const string SyntaxTokens = "SYNTAX_TOKENS";
    public const string SyntaxNodes = "SYNTAX_NODES";
    public const string SyntaxFields = "SYNTAX_FIELDS";
    public const string DocumentTooLarge = "DOCUMENT_TOO_LARGE";
    public const string VariablesDepth = "VARIABLES_DEPTH";
    public const string VariablesTooLarge = "VARIABLES_TOO_LARGE";
    public const string MaxDepth = "MAX_DEPTH";
    public const string MaxFields = "MAX_FIELDS";
    public const string MaxAliases = "MAX_ALIASES";
    public const string MaxDirectives = "MAX_DIRECTIVES";
    public const string MaxFragmentVisits = "MAX_FRAGMENT_VISITS";
    public const string MaxRootMutations = "MAX_ROOT_MUTATIONS";
    public const string FieldCycle = "HC0087";
    public const string FieldMergeBudget = "HC0107";
    public const string IntrospectionNotAllowed = "HC0046";
    public const string IntrospectionDepth = "HC0086";
    public const string MaxCost = "HC0047";
    public const string SlicingArgument = "HC0082";

    // Identity
    public const string NotAuthenticated = "AUTH_NOT_AUTHENTICATED";
    public const string NotAuthorized = "AUTH_NOT_AUTHORIZED";
    public const string Forbidden = "FORBIDDEN";

    // Relay
    public const string NodeNotFound = "NOT_FOUND";
    public const string BadId = "BAD_ID";
    public const string TooManyNodes = "HC0076";
    public const string PageTooLarge = "HC0051";
    public const string PagingBoundaries = "HC0052";
    public const string BadCursor = "HC0078";
    public const string PageTooSmall = "HC0079";
    public const string FirstMissing = "HC0090";

    // Filters and orders
    public const string FilterNull = "HC0026";
    public const string FilterLimit = "FILTER_LIMIT";

    // Transports
    public const string PersistedDocumentNotFound = "HC0020";
    public const string PersistedOnly = "PERSISTED_ONLY";
    public const string CsrfPreflight = "CSRF_PREFLIGHT";
    public const string NoAcceptableType = "HC0063";
    public const string UnreadableAccept = "HC0064";
    public const string RequestTooLarge = "HC0010";
    public const string UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string PersistedNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";
    public const string TooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS";
    public const string TooManyStreams = "TOO_MANY_STREAMS";
    public const string UploadPreflight = "HC0077";
    public const string UploadNotAllowed = "UPLOAD_NOT_ALLOWED";
    public const string UploadTooLarge = "UPLOAD_TOO_LARGE";
    public const string UploadInvalidForm = "HC0033";
    public const string UploadNoOperations = "HC0034";
    public const string UploadFieldsMisordered = "HC0035";
    public const string UploadNoPath = "HC0037";
    public const string UploadFileMissing = "HC0038";
    public const string UploadVariableNotFound = "HC0039";
    public const string UploadVariableStructure = "HC0040";
    public const string UploadInvalidPath = "HC0041";
    public const string UploadPathNotInVariables = "HC0042";
    public const string UploadInvalidMap = "HC0043";
    public const string UploadNoMap = "HC0044";
    public const string BatchNotAllowed = "BATCH_NOT_ALLOWED";
    public const string BatchTooLarge = "BATCH_TOO_LARGE";
}
