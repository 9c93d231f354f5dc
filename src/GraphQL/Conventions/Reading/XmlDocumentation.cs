using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>The summaries the compiler wrote beside an assembly, read once, in one pass, without a tree.</summary>
public sealed class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, XmlDocumentation> Read = new();

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    private XmlDocumentation()
    {
    }

    /// <summary>What was written over a type or member, or over what it overrides; null when nothing was.</summary>
    public static string? Summary(MemberInfo member) => Summary(member, followed: 0);

    /// <summary>What was written about a parameter; null when nothing was.</summary>
    public static string? Summary(ParameterInfo parameter)
    {
        var member = parameter.Member;
        return Find(member)?.Parameters?.GetValueOrDefault(parameter.Name!) ?? InheritedParameter(member, parameter);
    }

    private static string? Summary(MemberInfo member, int followed)
    {
        var entry = Find(member);
        if (entry?.Summary is { } summary)
        {
            return summary;
        }

        // A record's properties are described as parameters of the record.
        if (member is PropertyInfo { DeclaringType: { } record } property
            && Find(record)?.Parameters?.GetValueOrDefault(property.Name) is { } described)
        {
            return described;
        }

        var inherits = entry is null || entry.Inherits;
        return inherits && followed < 8 && Ancestor(member) is { } ancestor ? Summary(ancestor, followed + 1) : null;
    }

    private static string? InheritedParameter(MemberInfo member, ParameterInfo parameter) =>
        Ancestor(member) is MethodInfo ancestor
            && ancestor.GetParameters().FirstOrDefault(p => p.Name == parameter.Name) is { } same
            ? Summary(same)
            : null;

    /// <summary>The member this one overrides or implements.</summary>
    private static MemberInfo? Ancestor(MemberInfo member)
    {
        if (member is Type or { DeclaringType: null })
        {
            return null;
        }

        var declaring = member.DeclaringType!;
        var bases = declaring.BaseType is { } parent ? declaring.GetInterfaces().Prepend(parent) : declaring.GetInterfaces();
        return bases
            .Where(type => type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true)
            .SelectMany(type => type.GetMember(member.Name, member.MemberType, BindingFlags.Public | BindingFlags.Instance))
            .FirstOrDefault();
    }

    private static Entry? Find(MemberInfo member)
    {
        var assembly = (member as Type ?? member.DeclaringType)!.Assembly;
        return Read.GetOrAdd(assembly, From)._entries.GetValueOrDefault(Id(member));
    }

    private static XmlDocumentation From(Assembly assembly)
    {
        var documentation = new XmlDocumentation();
        var file = Path.ChangeExtension(assembly.Location, ".xml");
        if (assembly.Location.Length > 0 && File.Exists(file))
        {
            using var reader = XmlReader.Create(file, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.ReadToFollowing("member"))
            {
                documentation._entries[reader.GetAttribute("name") ?? ""] = ReadEntry(reader.ReadSubtree());
            }
        }

        return documentation;
    }

    private static Entry ReadEntry(XmlReader reader)
    {
        var entry = new Entry();
        reader.Read();
        reader.Read();
        while (!reader.EOF)
        {
            switch (reader.NodeType == XmlNodeType.Element ? reader.Name : "")
            {
                case "summary":
                    entry.Summary = Text(reader.ReadSubtree());
                    break;
                case "param":
                    var name = reader.GetAttribute("name") ?? "";
                    (entry.Parameters ??= new(StringComparer.Ordinal))[name] = Text(reader.ReadSubtree());
                    break;
                case "inheritdoc":
                    entry.Inherits = true;
                    break;
            }

            reader.Read();
        }

        return entry;
    }

    /// <summary>The words, with references by their last name and all white space single.</summary>
    private static string? Text(XmlReader reader)
    {
        var text = new StringBuilder();
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text.Append(reader.Value);
            }
            else if (reader.NodeType == XmlNodeType.Element && Reference(reader) is { } reference)
            {
                text.Append(reference);
            }
        }

        var words = text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    private static string? Reference(XmlReader reader) => reader.Name switch
    {
        "paramref" or "typeparamref" => reader.GetAttribute("name"),
        "see" or "seealso" when reader.IsEmptyElement =>
            reader.GetAttribute("cref")?.Split('(')[0].Split('.', ':')[^1].Split('`')[0]
                ?? reader.GetAttribute("langword") ?? reader.GetAttribute("href"),
        "para" or "br" => " ",
        _ => null,
    };

    /// <summary>The id the C# compiler gives a member in the file.</summary>
    private static string Id(MemberInfo member)
    {
        if (member is Type type)
        {
            return "T:" + Name(Definition(type));
        }

        var prefix = Name(Definition(member.DeclaringType!));
        if (member is not MethodInfo method)
        {
            return $"{(member is PropertyInfo ? 'P' : 'F')}:{prefix}.{member.Name}";
        }

        // The parameters of the definition: a closed generic's would read differently.
        var definition = (MethodInfo)(method.Module.ResolveMethod(method.MetadataToken) ?? method);
        var arity = definition.IsGenericMethod ? $"``{definition.GetGenericArguments().Length}" : "";
        var parameters = definition.GetParameters();
        return parameters.Length == 0
            ? $"M:{prefix}.{method.Name}{arity}"
            : $"M:{prefix}.{method.Name}{arity}({string.Join(',', parameters.Select(p => Reference(p.ParameterType)))})";
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string Reference(Type type)
    {
        if (type.IsGenericParameter)
        {
            return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition;
        }

        if (type.IsArray)
        {
            return Reference(type.GetElementType()!) + "[]";
        }

        if (type.IsByRef)
        {
            return Reference(type.GetElementType()!) + "@";
        }

        if (!type.IsGenericType)
        {
            return Name(type);
        }

        var name = Name(type.GetGenericTypeDefinition());
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(Reference))}}}";
    }

    private sealed class Entry
    {
        public string? Summary { get; set; }

        public Dictionary<string, string?>? Parameters { get; set; }

        public bool Inherits { get; set; }
    }
}
