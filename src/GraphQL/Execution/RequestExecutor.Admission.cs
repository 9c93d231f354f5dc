using System.Diagnostics;
using System.Security.Cryptography;
using Platform.GraphQL.Diagnostics;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.Validation;

namespace Platform.GraphQL.Execution;

/// <summary>The gates a request passes before anything runs.</summary>
public sealed partial class RequestExecutor
{
    private AdmittedOperation? Admit(OperationRequest request, RequestContext context, out OperationResult? refusal)
    {
        var document = _documents.Find(request.Document.Span);
        if (document is null)
        {
            document = Prepare(request.Document.Span, context.MayReadSchema, out var refused);
            if (document is null)
            {
                refusal = ErrorResults.Refuse(refused!.Kind, refused.Errors);
                return null;
            }
        }

        var operation = document.Find(request.OperationName, out var error);
        if (operation is null)
        {
            return Refuse(RequestErrorKind.OperationSelection, error!, out refusal);
        }

        if (!request.Allowed.HasFlag(operation.Kind))
        {
            return Refuse(RequestErrorKind.OperationNotAllowed, NotAllowed(operation), out refusal);
        }

        if (operation.ReadsSchema && !context.MayReadSchema)
        {
            return Refuse(RequestErrorKind.Introspection, NoIntrospection, out refusal);
        }

        var variables = VariableCoercion.Coerce(
            operation.Variables, request.Variables, _options.Limits, operation.Type, context.MayReadSchema, out var errors);
        if (variables is null)
        {
            refusal = ErrorResults.Refuse(RequestErrorKind.Variables, errors);
            return null;
        }

        return AdmitCost(operation, variables, request, context, out refusal);
    }

    private AdmittedOperation? AdmitCost(
        PreparedOperation operation,
        VariableValues variables,
        OperationRequest request,
        RequestContext context,
        out OperationResult? refusal)
    {
        OperationCost cost;
        try
        {
            cost = operation.CostOf(variables, request.Variables);
        }
        catch (GraphQLException exception)
        {
            return Refuse(RequestErrorKind.Cost, exception.Errors[0], out refusal);
        }

        context.Spent = new OperationCost(context.Spent.Field + cost.Field, context.Spent.Type + cost.Type);
        if (TooDear(context.Spent) is { } tooDear)
        {
            return Refuse(RequestErrorKind.Cost, tooDear, out refusal);
        }

        foreach (var gate in _options.Gates)
        {
            var facts = new OperationFacts(operation.Type, operation.Name, operation.Fields, cost);
            if (gate.Check(facts, context) is { } closed)
            {
                return Refuse(RequestErrorKind.Forbidden, closed, out refusal);
            }
        }

        refusal = null;
        var isIncremental = request.IncrementalFormat != IncrementalFormat.None && operation.MayBeIncremental;
        return new AdmittedOperation(
            operation, operation.Compile(variables, isIncremental), variables, cost, isIncremental);
    }

    private GraphQLError? TooDear(OperationCost cost)
    {
        if (cost.Field > _options.Limits.MaxFieldCost)
        {
            return TooDear("field", cost.Field, _options.Limits.MaxFieldCost);
        }

        return cost.Type > _options.Limits.MaxTypeCost
            ? TooDear("type", cost.Type, _options.Limits.MaxTypeCost)
            : null;
    }

    private static GraphQLError TooDear(string kind, double cost, double limit) =>
        new($"The maximum allowed {kind} cost was exceeded.")
        {
            Code = ErrorCodes.MaxCost,
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [$"{kind}Cost"] = cost,
                [kind == "field" ? "maxFieldCost" : "maxTypeCost"] = limit,
            },
        };

    private PreparedDocument? Prepare(ReadOnlySpan<byte> text, bool mayReadSchema, out RefusedDocument? refusal)
    {
        if (text.IsEmpty)
        {
            refusal = new RefusedDocument(
                RequestErrorKind.Malformed,
                [new GraphQLError("Must provide query string.") { Code = ErrorCodes.NoDocument }]);
            return null;
        }

        // The text is the transport's memory; the syntax tree outlives the request.
        var own = text.ToArray();
        DocumentNode document;
        try
        {
            document = GraphQLDocument.Parse(own, _options.ParserLimits);
        }
        catch (SyntaxException exception)
        {
            refusal = RefusedDocument.Of(exception);
            return null;
        }

        var errors = Validate(document, mayReadSchema);
        if (errors.Count > 0)
        {
            refusal = new RefusedDocument(RequestErrorKind.Validation, errors);
            return null;
        }

        var hash = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(own))}";
        var prepared = new PreparedDocument(Schema, document, hash);
        if (prepared.Measure(_options.Limits) is { } exceeded)
        {
            refusal = new RefusedDocument(RequestErrorKind.DocumentLimit, [exceeded]);
            return null;
        }

        _documents.Add(own, prepared);
        refusal = null;
        return prepared;
    }

    // Suggestions tell names of the schema, so only those who may read it get them.
    private IReadOnlyList<GraphQLError> Validate(DocumentNode document, bool mayReadSchema) =>
        DocumentValidator.Validate(Schema, document, ValidationOptions.Default with
        {
            MaxErrors = _options.Limits.MaxRequestErrors,
            Suggestions = mayReadSchema ? Suggestions.Shown : Suggestions.Hidden,
        });

    private static AdmittedOperation? Refuse(RequestErrorKind kind, GraphQLError error, out OperationResult? refusal)
    {
        refusal = ErrorResults.Refuse(kind, error);
        return null;
    }

    private static GraphQLError NotAllowed(PreparedOperation operation) =>
        new($"Can only perform a {operation.Type.ToString().ToLowerInvariant()} operation from a POST request.")
        {
            Code = ErrorCodes.OperationNotAllowed,
        };

    private static GraphQLError NoIntrospection { get; } =
        new("Introspection is not allowed for the current request.") { Code = ErrorCodes.IntrospectionNotAllowed };

    private static void Describe(Activity? activity, AdmittedOperation admitted)
    {
        GraphQLDiagnostics.Cost.Record(admitted.Cost.Field);
        if (activity is null)
        {
            return;
        }

        var type = admitted.Operation.Type.ToString().ToLowerInvariant();
        activity.DisplayName = type;
        activity.SetTag("graphql.operation.type", type);
        activity.SetTag("graphql.operation.name", GraphQLDiagnostics.Clean(admitted.Operation.Name));
        activity.SetTag("graphql.document.hash", admitted.Operation.Document.Hash);
        activity.SetTag("graphql.operation.fieldCost", admitted.Cost.Field);
        activity.SetTag("graphql.operation.typeCost", admitted.Cost.Type);
    }

    private void Finish(ExecutionResult result, RequestTrace trace)
    {
        var (activity, started, operation) = (trace.Activity, trace.Started, trace.Operation);
        if (result is OperationResult { HasErrors: true } failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failed.RequestError.ToString());
            GraphQLDiagnostics.Errors.Add(1, KeyValuePair.Create("graphql.error.kind", (object?)failed.RequestError.ToString()));
        }

        if (GraphQLDiagnostics.Duration.Enabled)
        {
            GraphQLDiagnostics.Duration.Record(
                _options.Time.GetElapsedTime(started).TotalSeconds,
                KeyValuePair.Create("graphql.operation.type", (object?)operation?.Type.ToString().ToLowerInvariant()));
        }
    }

    /// <summary>What is remembered of a request until it ends, for the telemetry.</summary>
    private readonly record struct RequestTrace(Activity? Activity, long Started, PreparedOperation? Operation);
}

/// <summary>An operation that passed every gate.</summary>
internal sealed record AdmittedOperation(
    PreparedOperation Operation,
    CompiledOperation Compiled,
    VariableValues Variables,
    OperationCost Cost,
    bool IsIncremental);

/// <summary>Why a document cannot be used.</summary>
internal sealed record RefusedDocument(RequestErrorKind Kind, IReadOnlyList<GraphQLError> Errors)
{
    public static RefusedDocument Of(SyntaxException exception)
    {
        var (kind, code) = exception.Fault switch
        {
            SyntaxFault.Malformed => (RequestErrorKind.Syntax, ErrorCodes.Syntax),
            SyntaxFault.TooLong => (RequestErrorKind.DocumentLimit, ErrorCodes.DocumentTooLarge),
            SyntaxFault.TooDeep => (RequestErrorKind.DocumentLimit, ErrorCodes.SyntaxDepth),
            SyntaxFault.TooManyTokens => (RequestErrorKind.DocumentLimit, ErrorCodes.SyntaxTokens),
            SyntaxFault.TooManyNodes => (RequestErrorKind.DocumentLimit, ErrorCodes.SyntaxNodes),
            SyntaxFault.TooManyFields => (RequestErrorKind.DocumentLimit, ErrorCodes.SyntaxFields),
            SyntaxFault.TooManyDirectives => (RequestErrorKind.DocumentLimit, ErrorCodes.MaxDirectives),
        };
        return new RefusedDocument(kind, [new GraphQLError(exception.Message)
        {
            Code = code,
            Locations = [exception.Location],
        }]);
    }
}
