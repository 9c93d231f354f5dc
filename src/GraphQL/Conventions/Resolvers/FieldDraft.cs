using System.Reflection;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Resolvers;

/// <summary>A field while it is read from its member: the configuration so far, and where its arguments go.</summary>
internal sealed class FieldDraft(FieldConfiguration configuration, MemberInfo member, Type? parentType, ClrShape result)
{
    private readonly List<InputValueConfiguration> _arguments = configuration.Arguments;

    public FieldConfiguration Configuration { get; } = configuration;

    public MemberInfo Member { get; } = member;

    /// <summary>The C# type of the parent; null where fields have none, as those of the roots.</summary>
    public Type? ParentType { get; } = parentType;

    public ClrShape Result { get; set; } = result;

    public PagingOptions? PagingOptions { get; set; }

    /// <summary>The mutation convention moves the arguments into one input object.</summary>
    public InputObjectTypeConfiguration? Input { get; init; }

    /// <summary>The raw id a node resolver is given in the place of a parent.</summary>
    public ParameterInfo? NodeId { get; init; }

    public bool ArgumentsAreInInput => Input is not null;

    public ArgumentDraft AddArgument(ParameterInfo parameter, ReadingContext context)
    {
        var places = Input?.Fields ?? _arguments;
        var type = parameter.ParameterType;
        var isOptional = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);
        var shape = isOptional ? ClrShape.Of(parameter).OptionalOf() : ClrShape.Of(parameter);
        var name = Names.Argument(parameter);
        var reference = context.Inputs.Reference(shape, parameter, Member);
        var argument = Input?.Field(name, reference) ?? Configuration.Argument(name, reference);
        TypeAnnotations.Describe(argument, parameter);
        var given = parameter.Mark<DefaultValueAttribute>();
        if (given is not null || (parameter.HasDefaultValue && parameter.DefaultValue is not null && !isOptional))
        {
            argument.DefaultValue = InputReader.Default(given?.Value ?? parameter.DefaultValue, type);
        }

        return new ArgumentDraft(
            places.IndexOf(argument),
            context.Inputs.Conversion(shape, parameter, Member),
            isOptional,
            argument.DefaultValue is not null);
    }

    /// <summary>Reads the paging arguments of this field.</summary>
    public Func<FieldContext, PagingArguments> Paging(ParameterInfo parameter, ReadingContext context)
    {
        if (PagingOptions is { } options)
        {
            var name = Configuration.Name;
            return field => PagingFields.Read(field.Arguments, options, name);
        }

        context.Errors.Add(
            parameter.Member, "it takes PagingArguments but has no pages.", "Add [UseConnection] or [UsePaging].");
        return _ => default;
    }
}

/// <summary>An argument's place, how its value becomes the parameter's, and whether it knows that it was not given.</summary>
internal sealed record ArgumentDraft(int Index, Func<object, object?> Convert, bool IsOptional, bool HasDefault);
