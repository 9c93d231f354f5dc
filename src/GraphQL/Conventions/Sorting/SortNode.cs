using System.Linq.Expressions;
using System.Text;
using Platform.GraphQL.Conventions.Filtering;

namespace Platform.GraphQL.Conventions;

/// <summary>One step of an order.</summary>
public sealed record SortNode(FieldPath Path, bool IsDescending, NullOrdering Nulls);

/// <summary>Where nulls stand, seen from the first element.</summary>
public enum NullOrdering
{
    /// <summary>Where the source puts them: last ascending in PostgreSQL, first in memory.</summary>
    Unspecified,
    First,
    Last,
}

/// <summary>What <c>AddSorting</c> may change.</summary>
public sealed record SortOptions
{
    /// <summary>Adds values to <c>SortEnumType</c> that say where nulls stand.</summary>
    public bool NullOrderingValues { get; init; }

    /// <summary>How many steps one order may have.</summary>
    public int MaxSteps { get; init; } = 10;
}

/// <summary>The values of <c>SortEnumType</c>.</summary>
internal enum SortDirection
{
    Asc,
    Desc,
    AscNullsFirst,
    AscNullsLast,
    DescNullsFirst,
    DescNullsLast,
}

internal static class SortText
{
    public static void Append(StringBuilder text, IEnumerable<SortNode> order)
    {
        foreach (var step in order)
        {
            text.Append(step.Path).Append(step.IsDescending ? " desc " : " asc ").Append(step.Nulls).Append(';');
        }
    }
}

/// <summary>Applies an order to a LINQ provider, which decides itself what a null path is.</summary>
internal static class SortExpressions
{
    public static IQueryable<T> Apply<T>(IQueryable<T> source, IReadOnlyList<SortNode> order)
    {
        var isFirst = true;
        foreach (var step in order)
        {
            var item = Expression.Parameter(typeof(T), "x");
            var key = FilterExpressions.Read(item, step.Path, inMemory: false);
            if (step.Nulls != NullOrdering.Unspecified && Reading.Nullability.MayBeNull(key.Type))
            {
                var isNull = Expression.Equal(key, Expression.Constant(null, key.Type));
                source = Then(source, Expression.Lambda(isNull, item), step.Nulls == NullOrdering.First, isFirst);
                isFirst = false;
            }

            source = Then(source, Expression.Lambda(key, item), step.IsDescending, isFirst);
            isFirst = false;
        }

        return source;
    }

    private static IQueryable<T> Then<T>(IQueryable<T> source, LambdaExpression key, bool descending, bool first)
    {
        var method = (first, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            (false, true) => nameof(Queryable.ThenByDescending),
        };
        return source.Provider.CreateQuery<T>(Expression.Call(
            typeof(Queryable), method, [typeof(T), key.ReturnType], source.Expression, Expression.Quote(key)));
    }
}
