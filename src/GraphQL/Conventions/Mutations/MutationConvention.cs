using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Mutations;

/// <summary>
/// One argument <c>input</c>, one payload with the value under its own name, and <c>errors</c>: a union of what the
/// mutation declares. What it declares is answered; what it does not is a bug and masked.
/// </summary>
internal sealed class MutationConvention(ReadingContext context, FieldReader fields)
{
    private readonly ErrorTypes _errorTypes = new(context, fields);
    private readonly bool _hasTransactions = context.Services.IsService(typeof(ITransactionScopeHandler));

    public void Read(MethodInfo method, object? target, ObjectTypeConfiguration mutation)
    {
        var names = method.Mark<UseMutationConventionAttribute>();
        if (context.Settings.Mutations is not { } options || names is { Disable: true })
        {
            fields.ReadMethod(method, parent: null, target, mutation);
            return;
        }

        var field = mutation.Field(Names.Member(method));
        TypeAnnotations.Describe(field, method);
        AuthorizationRules.Read(field, method);
        field.Metadata.Set(new FieldMember(method));
        TypeAnnotations.Weigh(field, context.Settings.Options.AsyncResolverCost);
        var pascal = Names.Pascal(field.Name);
        var draft = Draft(method, field, names, options, pascal);
        var resolve = ResolverCompiler.Single(method, target, new ParameterBinder(draft, context));
        resolve = method.Marked<FieldMiddlewareAttribute>().Reverse()
            .Aggregate(resolve, (next, middleware) => middleware.Around(next));
        if (draft.Input is { } input)
        {
            var argument = names?.InputArgumentName ?? options.InputArgumentName;
            field.Argument(argument, input.Name + "!");
        }

        var source = context.Settings.ErrorSources.Find(s => s.ValueOf(draft.Result.Type) is not null);
        var errors = MutationErrors.Read(
            method, source?.ErrorsOf(method, draft.Result.Type) ?? [], context.Errors);
        var value = source is null ? draft.Result : ClrShape.Of(source.ValueOf(draft.Result.Type)!);
        field.Type = Payload(method, value, errors, names, options, pascal) + "!";
        var read = source?.ReaderOf(draft.Result.Type) ?? MutationOutcome.Success;
        field.Resolver = SingleResolver.From(
            (_, call, ct) => RunAsync(resolve, read, errors, call, ct));
    }

    private FieldDraft Draft(
        MethodInfo method, FieldConfiguration field, UseMutationConventionAttribute? names, MutationConventionOptions options,
        string pascal)
    {
        var result = ClrShape.OfResult(method);
        var plain = new FieldDraft(field, method, parentType: null, result);
        var binder = new ParameterBinder(plain, context);
        var arguments = method.GetParameters().Where(binder.IsArgument).ToList();
        var isInputAlready = arguments is [var only]
            && Names.Argument(only) == options.InputArgumentName
            && !context.Catalog.IsLeaf(only.ParameterType)
            && ClrShape.ElementOf(only.ParameterType) is null;
        if (isInputAlready || arguments.Count == 0)
        {
            return plain;
        }

        var name = names?.InputTypeName ?? Pattern(options.InputTypeNamePattern, pascal);
        return new FieldDraft(field, method, parentType: null, result) { Input = context.Builder.InputObject(name) };
    }

    private string Payload(
        MethodInfo method, ClrShape value, MutationErrors errors, UseMutationConventionAttribute? names,
        MutationConventionOptions options, string pascal)
    {
        var payload = context.Builder.Object(names?.PayloadTypeName ?? Pattern(options.PayloadTypeNamePattern, pascal));
        payload.Metadata.Set(GeneratedType.Instance);
        if (value.Type == typeof(void) || value.Type == typeof(Task) || value.Type == typeof(ValueTask))
        {
            context.Errors.Add(method, "a mutation answers with something.", "Return what was changed.");
            return payload.Name;
        }

        var reference = context.Catalog.Output(value with { IsNullable = true }, method);
        var name = names?.PayloadFieldName ?? Names.Field(reference.Syntax.NamedType);
        var result = payload.Field(name, reference);
        var unwrap = context.Catalog.UnwrapperOf(value) ?? (answer => answer);
        result.Resolver = new PureResolver<MutationOutcome, object?>(outcome => unwrap(outcome.Value));
        if (errors.Types.Count > 0)
        {
            var union = context.Builder.Union(names?.PayloadErrorTypeName ?? Pattern(options.PayloadErrorTypeNamePattern, pascal));
            foreach (var error in errors.Types)
            {
                union.Include(_errorTypes.Of(error, method));
            }

            payload.Field(options.PayloadErrorsFieldName, $"[{union.Name}!]").Resolver =
                new PureResolver<MutationOutcome, IReadOnlyList<object>?>(
                    outcome => outcome.Errors.Count == 0 ? null : outcome.Errors);
        }

        if (options.AddQueryFieldToPayloads)
        {
            payload.Field("query", "Query").Resolver = new PureResolver<MutationOutcome, object>(outcome => outcome);
        }

        return payload.Name;
    }

    private async ValueTask<object?> RunAsync(
        FieldDelegate resolve, Func<object, MutationOutcome> read, MutationErrors errors, FieldContext field, CancellationToken ct)
    {
        var scope = _hasTransactions
            ? await field.Service<ITransactionScopeHandler>().CreateAsync(field, ct)
            : null;
        try
        {
            var outcome = await AnswerAsync(resolve, read, errors, field, ct);
            if (scope is not null && outcome.Errors.Count == 0)
            {
                await scope.CompleteAsync(ct);
            }

            return outcome;
        }
        finally
        {
            if (scope is not null)
            {
                await scope.DisposeAsync();
            }
        }
    }

    private static async ValueTask<MutationOutcome> AnswerAsync(
        FieldDelegate resolve, Func<object, MutationOutcome> read, MutationErrors errors, FieldContext field, CancellationToken ct)
    {
        IReadOnlyList<object>? declared = null;
        try
        {
            return await resolve(null, field, ct) is { } result ? read(result) : MutationOutcome.Success(null);
        }
        catch (Exception exception) when ((declared = errors.From(exception)) is not null)
        {
            return MutationOutcome.Failure(declared);
        }
    }

    private static string Pattern(string pattern, string pascal) =>
        pattern.Replace("{MutationName}", pascal, StringComparison.Ordinal);
}
