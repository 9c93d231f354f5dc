using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>
/// A schema element while it is still being put together. Configurations are plain and mutable: several places may
/// add to the same one. Building the schema freezes what they say.
/// </summary>
public abstract class ElementConfiguration
{
    private protected ElementConfiguration(string name)
    {
        Name = name;
    }

    public string Name { get; }

    public string? Description { get; set; }

    public List<DirectiveNode> Directives { get; } = [];

    public Metadata Metadata { get; } = new();

    internal SyntaxNode? Syntax { get; set; }

    /// <summary>Adds a directive; each argument is a literal, as `("weight", "\"10\"")`.</summary>
    public void AddDirective(string name, params (string Name, string Literal)[] arguments) =>
        Directives.Add(new DirectiveNode(
            new NameNode(name),
            [.. arguments.Select(a => new ArgumentNode(new NameNode(a.Name), GraphQLDocument.ParseConstant(a.Literal)))]));

    public void Deprecate(string reason) =>
        AddDirective(WellKnownDirectives.Deprecated, ("reason", new StringValueNode(reason).ToString()));
}

/// <summary>A named type being configured.</summary>
public abstract class TypeConfiguration : ElementConfiguration
{
    private protected TypeConfiguration(string name)
        : base(name)
    {
    }

    public abstract TypeKind Kind { get; }

    /// <summary>The C# type of its values. Objects with one are recognised by it behind interfaces and unions.</summary>
    public Type? RuntimeType { get; set; }

    internal List<TypeDefinitionNode> Extensions { get; } = [];
}

public sealed class ScalarTypeConfiguration : TypeConfiguration
{
    internal ScalarTypeConfiguration(string name, ScalarFormat format)
        : base(name)
    {
        Format = format;
    }

    public override TypeKind Kind => TypeKind.Scalar;

    public ScalarFormat Format { get; set; }
}

/// <summary>An object or interface being configured.</summary>
public abstract class ComplexTypeConfiguration : TypeConfiguration
{
    private protected ComplexTypeConfiguration(string name)
        : base(name)
    {
    }

    public List<TypeReference> Interfaces { get; } = [];

    public List<FieldConfiguration> Fields { get; } = [];

    /// <summary>The field of this name: an existing one, or a new one at the end.</summary>
    public FieldConfiguration Field(string name)
    {
        var field = Fields.Find(f => f.Name == name);
        if (field is null)
        {
            field = new FieldConfiguration(name);
            Fields.Add(field);
        }

        return field;
    }

    public FieldConfiguration Field(string name, TypeReference type)
    {
        var field = Field(name);
        field.Type = type;
        return field;
    }

    public void Implement(string interfaceName)
    {
        if (Interfaces.TrueForAll(reference => reference.Syntax.NamedType != interfaceName))
        {
            Interfaces.Add(interfaceName);
        }
    }
}

public sealed class ObjectTypeConfiguration : ComplexTypeConfiguration
{
    internal ObjectTypeConfiguration(string name)
        : base(name)
    {
    }

    public override TypeKind Kind => TypeKind.Object;
}

public sealed class InterfaceTypeConfiguration : ComplexTypeConfiguration
{
    internal InterfaceTypeConfiguration(string name)
        : base(name)
    {
    }

    public override TypeKind Kind => TypeKind.Interface;

    /// <summary>Names the object type of a value; unset, the C# type of the value decides.</summary>
    public Func<object, string?>? ResolveType { get; set; }
}

public sealed class UnionTypeConfiguration : TypeConfiguration
{
    internal UnionTypeConfiguration(string name)
        : base(name)
    {
    }

    public override TypeKind Kind => TypeKind.Union;

    public List<TypeReference> Types { get; } = [];

    /// <summary>Names the object type of a value; unset, the C# type of the value decides.</summary>
    public Func<object, string?>? ResolveType { get; set; }

    public void Include(string objectName)
    {
        if (Types.TrueForAll(reference => reference.Syntax.NamedType != objectName))
        {
            Types.Add(objectName);
        }
    }
}

public sealed class EnumTypeConfiguration : TypeConfiguration
{
    internal EnumTypeConfiguration(string name)
        : base(name)
    {
    }

    public override TypeKind Kind => TypeKind.Enum;

    public List<EnumValueConfiguration> Values { get; } = [];

    /// <summary>The value of this name: an existing one, or a new one at the end.</summary>
    public EnumValueConfiguration Value(string name)
    {
        var value = Values.Find(v => v.Name == name);
        if (value is null)
        {
            value = new EnumValueConfiguration(name);
            Values.Add(value);
        }

        return value;
    }

    public EnumValueConfiguration Value(string name, object runtimeValue)
    {
        var value = Value(name);
        value.Value = runtimeValue;
        return value;
    }
}

public sealed class EnumValueConfiguration : ElementConfiguration
{
    internal EnumValueConfiguration(string name)
        : base(name)
    {
    }

    /// <summary>The C# value; unset, it is the name.</summary>
    public object? Value { get; set; }
}

public sealed class InputObjectTypeConfiguration : TypeConfiguration
{
    internal InputObjectTypeConfiguration(string name)
        : base(name)
    {
    }

    public override TypeKind Kind => TypeKind.InputObject;

    public List<InputValueConfiguration> Fields { get; } = [];

    /// <summary>Makes the C# value of a coerced input object.</summary>
    public Func<InputObjectValue, object?>? Create { get; set; }

    public InputValueConfiguration Field(string name, TypeReference type) =>
        InputValueConfiguration.FindOrAdd(Fields, name, type);

    public void MakeOneOf()
    {
        if (Directives.TrueForAll(directive => directive.Name.Value != WellKnownDirectives.OneOf))
        {
            AddDirective(WellKnownDirectives.OneOf);
        }
    }
}

public sealed class FieldConfiguration : ElementConfiguration
{
    internal FieldConfiguration(string name)
        : base(name)
    {
    }

    public TypeReference? Type { get; set; }

    public List<InputValueConfiguration> Arguments { get; } = [];

    public FieldResolver? Resolver { get; set; }

    /// <summary>The argument of this name: an existing one, or a new one at the end.</summary>
    public InputValueConfiguration Argument(string name, TypeReference type) =>
        InputValueConfiguration.FindOrAdd(Arguments, name, type);
}

public sealed class InputValueConfiguration : ElementConfiguration
{
    internal InputValueConfiguration(string name, TypeReference type)
        : base(name)
    {
        Type = type;
    }

    public TypeReference Type { get; set; }

    /// <summary>The default as a literal; unset, there is none.</summary>
    public ValueNode? DefaultValue { get; set; }

    internal static InputValueConfiguration FindOrAdd(
        List<InputValueConfiguration> values, string name, TypeReference type)
    {
        var value = values.Find(v => v.Name == name);
        if (value is null)
        {
            value = new InputValueConfiguration(name, type);
            values.Add(value);
        }

        value.Type = type;
        return value;
    }
}

public sealed class DirectiveConfiguration : ElementConfiguration
{
    internal DirectiveConfiguration(string name)
        : base(name)
    {
    }

    public List<InputValueConfiguration> Arguments { get; } = [];

    public List<DirectiveLocation> Locations { get; } = [];

    public bool IsRepeatable { get; set; }

    public InputValueConfiguration Argument(string name, TypeReference type) =>
        InputValueConfiguration.FindOrAdd(Arguments, name, type);
}
