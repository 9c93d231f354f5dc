using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>
/// §6.4.1 Coercing Field Arguments. Arguments without variables are coerced once and shared by all requests.
/// </summary>
internal sealed class ArgumentPlan
{
    private static readonly ArgumentPlan Empty = new(null!, [], []) { Constant = ArgumentValues.None };

    private readonly FieldDefinition _field;
    private readonly ValueNode?[] _literals;
    private readonly string[] _names;

    private ArgumentPlan(FieldDefinition field, string[] names, ValueNode?[] literals)
    {
        _field = field;
        _names = names;
        _literals = literals;
    }

    /// <summary>The values, when no variable takes part in them and they are valid.</summary>
    public ArgumentValues? Constant { get; private init; }

    public static ArgumentPlan For(FieldDefinition field, FieldNode node)
    {
        if (field.Arguments.Count == 0)
        {
            return Empty;
        }

        var literals = new ValueNode?[field.Arguments.Count];
        var names = new string[literals.Length];
        for (var i = 0; i < literals.Length; i++)
        {
            names[i] = field.Arguments[i].Name;
            literals[i] = node.Arguments.FirstOrDefault(argument => argument.Name.Value == names[i])?.Value;
        }

        var plan = new ArgumentPlan(field, names, literals);
        return Array.Exists(literals, MentionsVariable) || !plan.TryCoerceConstant(out var constant)
            ? plan
            : new ArgumentPlan(field, names, literals) { Constant = constant };
    }

    /// <exception cref="GraphQLException">A value is missing or does not fit; it is the field's error.</exception>
    public ArgumentValues Coerce(IVariableValues variables)
    {
        if (Constant is not null)
        {
            return Constant;
        }

        var values = new object?[_literals.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Coerce(_field.Arguments[i], _literals[i], variables);
        }

        return new ArgumentValues(_names, values);
    }

    private static object? Coerce(InputValueDefinition argument, ValueNode? literal, IVariableValues variables)
    {
        var variable = literal as VariableNode;
        object? value = null;
        var isGiven = literal is not null && (variable is null || variables.TryGetValue(variable.Name.Value, out value));
        if (!isGiven)
        {
            return argument.HasDefault ? argument.DefaultValue
                : argument.Type is not NonNullType ? ArgumentValues.Absent
                : throw Invalid(variable is null
                    ? $"Argument \"{argument.Name}\" of required type \"{argument.Type}\" was not provided."
                    : $"Argument \"{argument.Name}\" of required type \"{argument.Type}\" was provided the variable " +
                      $"\"${variable.Name.Value}\" which was not provided a runtime value.");
        }

        if (variable is not null ? value is null : literal is NullValueNode)
        {
            return argument.Type is not NonNullType
                ? null
                : throw Invalid($"Argument \"{argument.Name}\" of non-null type \"{argument.Type}\" must not be null.");
        }

        if (variable is not null || InputCoercion.TryReadLiteral(literal!, argument.Type, variables, out value))
        {
            return value;
        }

        throw Invalid($"Argument \"{argument.Name}\" has invalid value {literal}.");
    }

    private static GraphQLException Invalid(string message) =>
        new(new GraphQLError(message) { Code = ErrorCodes.InvalidVariable });

    private static bool MentionsVariable(ValueNode? value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(MentionsVariable),
        ObjectValueNode map => map.Fields.Any(field => MentionsVariable(field.Value)),
        _ => false,
    };

    private bool TryCoerceConstant(out ArgumentValues? values)
    {
        try
        {
            values = Coerce(NoVariables.Instance);
            return true;
        }
        catch (GraphQLException)
        {
            values = null;
            return false;
        }
    }
}
