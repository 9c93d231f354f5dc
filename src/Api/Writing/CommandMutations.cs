using Platform.Api.Graph;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>
/// Every command of the domain is a mutation: named after it, with its parts as <c>input</c>, and a payload of its event and a
/// union of its refusals. A new command appears by itself.
/// </summary>
internal sealed class CommandMutations
{
    // As every field that waits.
    private const int Weight = 10;

    // What any command may be answered with, and the client can act on. Who may not act at all is told as a top-level error.
    private static readonly Type[] _ofEveryCommand =
        [typeof(IdempotencyKeyInvalid), typeof(IdempotencyKeyReused), typeof(IdempotencyInProgress)];

    private readonly SchemaBuilder _schema;
    private readonly CommandInputs _inputs;
    private readonly FactTypes _facts;

    private CommandMutations(SchemaBuilder schema)
    {
        _schema = schema;
        _inputs = new CommandInputs(schema);
        _facts = new FactTypes(schema);
    }

    public static void Add(SchemaBuilder schema, OperationCatalog catalog)
    {
        var mutations = new CommandMutations(schema);
        schema.Object("Mutation").Description = "Everything that can be done: each field is one command of the domain.";
        foreach (var operation in catalog.All.Where(operation => operation.Permission is not null && operation.IsOffered))
        {
            mutations.Add(operation);
        }
    }

    private void Add(Operation operation)
    {
        var input = _inputs.OfCommand(operation.Command);
        var field = _schema.Object("Mutation").Field(GraphWords.Field(operation.Name), Payload(operation) + "!");
        field.Description = Descriptions.Of(operation);
        field.Argument("input", operation.Name + "Input!").Description = "What is asked for.";
        field.AddDirective(WellKnownDirectives.Cost, ("weight", $"\"{Weight}\""));
        var emits = typeof(IEvent).IsAssignableFrom(operation.Event) ? operation.Event.Name : null;
        field.Metadata.Set(new FieldContract(operation.Permission!, emits));

        // Whoever is nobody is turned away here; whoever may not is turned away by the runner, which keeps the attempt.
        field.Metadata.Set(AuthorizationRules.Of(new AuthorizeAttribute()));
        field.Resolver = new CommandResolver(input, CommandRoad.To(operation.Event)).AsField();
    }

    private string Payload(Operation operation)
    {
        var payload = _schema.Object(operation.Name + "Payload");
        payload.Description = $"What `{GraphWords.Field(operation.Name)}` answers: what happened, or why it was refused.";
        payload.Metadata.Set(AuthorizationRules.ForEverybody);
        var happened = payload.Field(GraphWords.Field(operation.Event.Name), _facts.Record(operation.Event));
        happened.Description = "What happened; null when the request was refused.";
        happened.Resolver = new PureResolver<Outcome, object?>(outcome => outcome.Event);

        foreach (var part in RecordParts.Of(operation.Event).All)
        {
            FactTypes.ShowRow(payload, part, outcome => ((Outcome)outcome).Event);
        }

        var union = _schema.Union(operation.Name + "Error");
        union.Description = $"Why `{GraphWords.Field(operation.Name)}` may be refused.";
        foreach (var refusal in operation.Refusals.Concat(_ofEveryCommand))
        {
            union.Include(_facts.Refusal(refusal));
        }

        var errors = payload.Field("errors", $"[{union.Name}!]");
        errors.Description = "Why it was refused; null when it went through.";
        errors.Resolver = new PureResolver<Outcome, object?>(
            outcome => outcome.Refusal is { } refusal ? new object[] { refusal } : null);
        return payload.Name;
    }
}
