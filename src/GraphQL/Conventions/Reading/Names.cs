using System.Reflection;
using System.Text;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>What C# names are called in the schema.</summary>
internal static class Names
{
    /// <summary><c>UnitCost</c> is <c>unitCost</c>, <c>SKUCode</c> is <c>skuCode</c>.</summary>
    public static string Field(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var upper = 1;
        while (upper < name.Length && char.IsUpper(name[upper]))
        {
            upper++;
        }

        // The last capital of several begins the next word, unless digits or nothing follow.
        var lowered = upper > 1 && upper < name.Length && char.IsLetter(name[upper]) ? upper - 1 : upper;
        return string.Concat(name[..lowered].ToLowerInvariant(), name[lowered..]);
    }

    public static string Member(MemberInfo member) =>
        Given(member) ?? (member is MethodInfo method ? Field(Method(method)) : Field(member.Name));

    public static string Argument(ParameterInfo parameter) =>
        parameter.Mark<GraphQLNameAttribute>()?.Name ?? Field(parameter.Name!);

    /// <summary><c>GetItemByIdAsync</c> is about <c>ItemById</c>.</summary>
    public static string Method(MethodInfo method)
    {
        var name = method.Name;
        if (name.Length > 3 && name.StartsWith("Get", StringComparison.Ordinal) && char.IsUpper(name[3]))
        {
            name = name[3..];
        }

        if (name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) && ClrShape.IsAsynchronous(method.ReturnType))
        {
            name = name[..^5];
        }

        return name;
    }

    /// <summary><c>BackOrdered</c> is <c>BACK_ORDERED</c>; what is written so already stays.</summary>
    public static string EnumValue(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                text.Append('_');
            }

            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary><c>Page&lt;Item&gt;</c> is <c>PageOfItem</c>; nested types and arity leave no trace.</summary>
    public static string Type(Type type)
    {
        if (Given(type) is { } given)
        {
            return given;
        }

        if (!type.IsGenericType)
        {
            return type.Name;
        }

        var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
        var arguments = type.GetGenericArguments().Select(argument => Type(Nullable.GetUnderlyingType(argument) ?? argument));
        return $"{name}Of{string.Join("And", arguments)}";
    }

    public static string Input(Type type)
    {
        var name = Type(type);
        return Given(type) is not null || name.EndsWith("Input", StringComparison.Ordinal) ? name : name + "Input";
    }

    public static string Interface(Type type, bool stripLeadingI)
    {
        var name = Type(type);
        var isPrefixed = type.IsInterface && name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]);
        return stripLeadingI && isPrefixed && Given(type) is null ? name[1..] : name;
    }

    /// <summary>The first letter large: <c>items</c> makes <c>ItemsConnection</c>.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static string? Given(MemberInfo member) => member.Mark<GraphQLNameAttribute>()?.Name;
}
